"""environment-file-missing, with a real environment that has lost its file."""

import os
import shlex
import subprocess

import pytest

from doctor import collect
from doctor.diagnose import diagnose
from doctor.facts import Python
from doctor.rules.api import NotThere
from doctor.rules.install import environment_file_missing as rule
from doctor.target import Target
from tests.environments import venv
from tests.surroundings import not_brought


def test_one_that_has_it():
    assert isinstance(rule.check(Python(beside="")), NotThere)


def test_the_command_is_of_the_system_it_is_for():
    beside = Python(beside=r"C:\p\.venv", prefix=r"C:\Python312", version="3.12.1")
    assert r"`C:\Python312\python.exe -m venv C:\p\.venv`" in rule.remedies(beside)[0].title


@pytest.fixture
def lost(tmp_path):
    python = venv(tmp_path / "env")
    if python.suffix:
        not_brought("the redirector of Windows starts nothing without the file, and says so")
    (tmp_path / "env/pyvenv.cfg").unlink()
    return python


def test_what_is_missing_there_is_its_consequence_and_the_remedy_mends_it(lost):
    report = diagnose(collect.collect(Target(str(lost)), None))
    first = report.findings[0]
    assert first.rule == "environment-file-missing"
    assert str(lost.parent.parent) in first.message
    command = shlex.split(report.findings[0].remedies[0].title.split("`")[1])
    assert command[1:3] == ["-m", "venv"]
    subprocess.run([os.path.expanduser(word) for word in command], check=True)
    assert (lost.parent.parent / "pyvenv.cfg").is_file()
    assert "environment-file-missing" not in [
        f.rule for f in diagnose(collect.collect(Target(str(lost)), None)).findings
    ]

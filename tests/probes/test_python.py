"""The interpreter's facts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.probes import Crashed, python
from doctor.target import Target
from tests.environments import package, site_packages
from tests.surroundings import SCRIPTS


def test_fresh_environment(bare_python):
    found = python.probe(Target(bare_python))
    assert found.version == "{}.{}.{}".format(*sys.version_info[:3])
    assert (found.pip_version, found.jupyter, found.kind) == ("", False, "venv")
    assert found.start_method in ("fork", "spawn", "forkserver")


def test_pip_and_jupyter_come_from_what_is_installed(bare_python):
    site = site_packages(bare_python.parent.parent)
    package(site, "pip", "24.0")
    package(site, "ipykernel", "6.0")
    found = python.probe(Target(bare_python))
    assert (found.pip_version, found.jupyter) == ("24.0", True)


def test_home_is_not_told(bare_python, tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    found = python.probe(Target(bare_python, env={**os.environ, "PYTHONPATH": str(tmp_path / "more")}))
    assert found.executable == str(Path("~", bare_python.relative_to(tmp_path)))
    assert found.prefix == str(Path("~/bare"))
    assert found.python_path == (str(Path("~/more")),)


@SCRIPTS
def test_one_that_dies_says_its_last_words(tmp_path):
    broken = tmp_path / "python"
    broken.write_text('#!/bin/sh\necho "Fatal Python error: init_fs_encoding" >&2\nexit 1\n')
    broken.chmod(0o755)
    with pytest.raises(Crashed, match=r"exit code 1 without an answer \(Fatal Python error: init_fs_encoding\)"):
        python.probe(Target(broken))


@SCRIPTS
def test_one_that_hangs(tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nsleep 60\n")
    broken.chmod(0o755)
    with pytest.raises(TimeoutError, match="no answer in"):
        python.probe(Target(broken, deadline_s=0.3))

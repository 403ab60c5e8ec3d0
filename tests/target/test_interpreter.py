"""How the target is asked: noise, hangs, crashes and files in the working folder do not change the answers."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from doctor.target import Target
from tests import environments
from tests.processes import START_S


@pytest.fixture
def inside(tmp_path, monkeypatch):
    """A folder of scripts of the test's own."""
    monkeypatch.setattr("doctor.target.interpreter.INSIDE", tmp_path / "inside")
    (tmp_path / "inside").mkdir()
    return tmp_path / "inside"


def asked(script, text, inside, **options):
    (inside / f"{script}.py").write_text(text, encoding="utf-8")
    return Target(sys.executable, cwd=inside.parent, **options).ask(script)


def test_noise_is_ignored(inside):
    text = (
        "import sys\nprint('{\"a\": 0}')\nprint('no newline', end='')\n"
        "print(sys.argv[1] + '{\"a\": 1}')\nprint(sys.argv[1] + 'no json')"
    )
    answers, ended = asked("noisy", text, inside)
    assert answers == [{"a": 1}]
    assert ended.ok


def test_what_was_said_before_a_crash_is_kept(inside):
    text = "import os, sys\nprint(sys.argv[1] + '{\"a\": 1}', flush=True)\nos.abort()"
    answers, ended = asked("crash", text, inside)
    assert answers == [{"a": 1}]
    assert ended.signal == "SIGABRT" or sys.platform == "win32"


def test_what_was_said_before_a_hang_is_kept(inside):
    text = "import sys, time\nprint(sys.argv[1] + '{\"a\": 1}', flush=True)\ntime.sleep(60)"
    answers, ended = asked("hang", text, inside, deadline_s=0.5 + START_S)
    assert answers == [{"a": 1}]
    assert ended.timed_out


def test_files_in_the_working_folder_come_into_play_only_when_asked_for(inside):
    (inside.parent / "json.py").write_text("raise SystemExit('this one must not be loaded')")
    text = "import json, sys\nprint(sys.argv[1] + json.dumps({'first': sys.doctor_path[0]}))"
    answers, _ = asked("careful", text, inside)
    assert answers == [{"first": ""}]


def test_description_is_asked_once(bare_python, monkeypatch):
    questions = []
    ask = Target.ask
    monkeypatch.setattr(Target, "ask", lambda self, *a, **k: questions.append(a) or ask(self, *a, **k))
    examined = Target(bare_python)
    assert examined.describe() == examined.describe()
    assert questions == [("describe", "sample", str(Path.cwd()))]


def test_nothing_is_written_into_the_target(bare_python):
    environments.fake_torch(environments.site_packages(bare_python.parent.parent))
    Target(bare_python).ask("examine_torch", str(time.time() + 5))
    assert not list(bare_python.parent.parent.rglob("__pycache__/*torch*"))

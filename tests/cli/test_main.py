from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from doctor import cli
from doctor.model import DoctorError
from tests.surroundings import LINUX

ROOT = Path(__file__).resolve().parents[2]


def doctor(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "doctor", *words], capture_output=True, text=True, **more)  # type: ignore[call-overload, no-any-return]


def command_that(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    module = SimpleNamespace(__doc__="A command.", configure=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "command_module", lambda name: module)


def raising(error: BaseException) -> object:
    def run(options: object) -> int:
        raise error

    return run


CTRL_C_AS_WE_BEGIN = """
import os, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "doctor.bootstrap.ending":
            os.kill(os.getpid(), 2)
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends a process there, whatever it heeds")
def test_ctrl_c_before_signals_are_heeded_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CTRL_C_AS_WE_BEGIN)
    done = doctor("--help", env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert (done.returncode, done.stdout, done.stderr) == (-2, "", "")


def test_help_names_every_command() -> None:
    done = doctor("--help")
    assert done.returncode == 0
    for name in cli.COMMANDS:
        assert f"  {name}" in done.stdout


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help(name: str) -> None:
    done = doctor(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"usage: torch-doctor {name}" in done.stdout


def test_an_unknown_command_is_wrong_usage_and_names_those_there_are() -> None:
    done = doctor("chekc")
    assert done.returncode == 2
    assert "no command 'chekc'" in done.stderr
    assert "check" in done.stderr


def test_no_command_is_wrong_usage() -> None:
    assert doctor().returncode == 2


def test_a_doctor_error_is_told_in_full(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    command_that(monkeypatch, raising(DoctorError("some-reference", "expected this", "that", "do so")))
    assert cli.main(["check"]) == 2
    err = capsys.readouterr().err
    for part in ("expected this", "some-reference", "found: that", "to do: do so"):
        assert part in err


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ended: list[bool] = []
    monkeypatch.setattr("doctor.process.kill_all", lambda: ended.append(True))
    command_that(monkeypatch, raising(KeyboardInterrupt()))
    assert cli.main(["check"]) == 130
    assert ended == [True]
    assert "interrupted" in capsys.readouterr().err


def test_a_bug_of_ours_is_3_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DOCTOR_DEBUG", raising=False)
    command_that(monkeypatch, raising(ZeroDivisionError("boom")))
    assert cli.main(["check"]) == 3
    err = capsys.readouterr().err
    assert "ZeroDivisionError: boom" in err
    assert "Traceback" not in err


def test_completion_scripts_know_the_commands_and_their_options() -> None:
    done = doctor("completion", "bash")
    assert done.returncode == 0, done.stderr
    assert "run-recipes" in done.stdout
    assert "--python" in done.stdout


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONIOENCODING": "ascii"},
        pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, marks=LINUX),
    ],
)
def test_a_terminal_with_ascii_alone_gets_every_help(settings: dict[str, str]) -> None:
    done = doctor("mirrors", "--help", env={**os.environ, **settings})
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    assert "..." in done.stdout


def test_lines_end_as_a_shell_takes_them() -> None:
    """In Git's bash on Windows a carriage return would be part of a command's last word."""
    done = subprocess.run([sys.executable, "-m", "doctor", "check", "--list"], capture_output=True, check=True)
    assert b"\n" in done.stdout
    assert b"\r" not in done.stdout

"""Programs on PATH, and what lies in the working folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.bootstrap import programs
from doctor.process import run


def program(path: Path, text: str = "exit 0", mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(mode)
    return path


def test_the_first_that_can_be_started(tmp_path: Path) -> None:
    program(tmp_path / "a/tool", mode=0o644)
    (tmp_path / "b/tool").mkdir(parents=True)
    wanted = program(tmp_path / "c/tool")
    program(tmp_path / "d/tool")
    path = {"PATH": os.pathsep.join(str(tmp_path / name) for name in "abcde")}
    if sys.platform != "win32":
        assert programs.which("tool", path) == str(wanted)
    assert programs.which("other", path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("path", ["", ".", ":", "bin", "./bin:", "../here/bin", "~/bin"])
def test_nothing_of_the_working_folder(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    for file in (here / "tool", here / "bin/tool"):
        program(file)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    assert programs.which("tool", {"PATH": path}) is None
    assert run(["tool"], timeout_s=5, env={"PATH": path}).not_started == "not found"
    assert programs.which("tool", {"PATH": f"{path}:{here}"}) == str(here / "tool"), "where it is named as it is"


def test_windows_tries_the_endings_of_pathext(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("tool.EXE", "tool", "other.py"):
        program(tmp_path / name)
    variables = {"PATH": str(tmp_path), "PATHEXT": ".COM;.EXE"}
    assert programs.which("tool", variables) == str(tmp_path / "tool.EXE")
    assert programs.which("tool.exe", variables) in (None, str(tmp_path / "tool.exe"))  # as the file system has it
    assert programs.which("other", variables) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_a_child_starts_where_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "random.py").write_text("print('foreign')")
    ask = [sys.executable, "-c", "import random, os; print(*os.listdir())"]
    assert run(ask, timeout_s=20).stdout == "README\n"
    assert run(ask, timeout_s=20, cwd=None).stdout.startswith("foreign\n")

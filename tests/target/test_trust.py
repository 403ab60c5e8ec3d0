"""What speaks against starting the environment of the working folder unasked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.model import DoctorError
from doctor.target import choose, trust
from tests.surroundings import not_brought
from tests.target.test_choose import python

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners and links are those of POSIX")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A project with an environment of ours."""
    folder = tmp_path / "project"
    python(folder / ".venv/bin/python")
    (folder / ".venv/pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.4\n")
    return folder


def objection(folder: Path) -> str:
    return trust.objection(folder / ".venv", folder / ".venv/bin/python")


def git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True)


def test_ones_own_is_started(here: Path) -> None:
    assert objection(here) == ""
    assert choose.choose(None, {"PATH": "/nonexistent"}, here) == (str(here / ".venv/bin/python"), choose.HERE)


@pytest.mark.parametrize("part", ["", ".venv", ".venv/bin", ".venv/bin/python", ".venv/pyvenv.cfg"])
def test_any_part_of_somebody_else_s(here: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, owners = here / part, trust._owners
    monkeypatch.setattr(trust, "_owners", lambda path: {4242} if path == theirs else owners(path))
    assert objection(here) == f"{theirs} belongs to another user"
    with pytest.raises(DoctorError) as error:
        choose.choose(None, {"PATH": "/nonexistent"}, here)
    assert f"--python {here}/.venv" in error.value.hint
    assert choose.choose(str(here / ".venv"), {}, here)[1] == "--python"
    assert choose.choose(None, {"VIRTUAL_ENV": str(here / ".venv")}, here)[1] == "VIRTUAL_ENV"


def test_root_starts_nothing_of_a_user_unless_that_one_became_root(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        not_brought("only root can give files away")
    monkeypatch.delenv("SUDO_UID", raising=False)
    os.chown(here / ".venv/bin/python", 12345, -1)
    assert "belongs to another user" in objection(here)
    monkeypatch.setenv("SUDO_UID", "12345")
    assert objection(here) == ""


def test_an_interpreter_of_ones_own_may_be_a_link_to_anybody_s(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = here.parent / "shared/python"
    (here / ".venv/bin/python").rename(python(real))
    (here / ".venv/bin/python").symlink_to(real)
    owners = trust._owners
    monkeypatch.setattr(trust, "_owners", lambda path: {4242} if path == real else owners(path))
    assert objection(here) == ""


def test_a_link_to_an_environment_of_somebody_else_s(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / ".venv").rename(here.parent / "shared")
    (here / ".venv").symlink_to(here.parent / "shared")
    assert objection(here) == ""
    stat = Path.stat

    def somebody_elses(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        known = stat(path, follow_symlinks=follow_symlinks)
        return os.stat_result((*known[:4], 4242, *known[5:])) if follow_symlinks and path == here / ".venv" else known

    monkeypatch.setattr(Path, "stat", somebody_elses)
    assert "belongs to another user" in objection(here)


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("below", ["", "examples/one"])
def test_one_that_came_with_the_folder(tmp_path: Path, version: str, below: str) -> None:
    """As a clone would bring it, whatever its owner."""
    folder = tmp_path / below
    python(folder / ".venv/bin/python")
    (folder / ".vale.ini").touch()  # version 4 writes of a name only what differs from this one
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "index.version", version)
    assert objection(folder) == ""
    git(tmp_path, "add", ".")
    if version == "3":
        (tmp_path / "later").write_text("x")
        git(tmp_path, "add", "-N", "later")  # which no file of version 2 can say
    assert (tmp_path / ".git/index").read_bytes()[7] == int(version)
    assert objection(folder) == f"{folder}/.venv is under version control, so it came with the folder"


def test_a_worktree_and_a_link_that_came_with_the_folder(tmp_path: Path) -> None:
    main = tmp_path / "main"
    python(main / "tools/env/bin/python")
    (main / ".venv").symlink_to("tools/env")
    git(main, "init", "-q")
    git(main, "add", ".")
    git(main, "commit", "-qm", "a")
    git(main, "worktree", "add", "-q", str(tmp_path / "other"))
    assert "version control" in objection(main)
    assert "version control" in objection(tmp_path / "other")


def test_others_of_that_name_in_the_index_do_not_count(here: Path) -> None:
    python(here / "examples/.venv/bin/python")
    (here / ".venvs").touch()
    git(here, "init", "-q")
    git(here, "add", "examples", ".venvs")
    assert objection(here) == ""


@pytest.mark.parametrize("index", [b"", b"DIRC", b"DIRC\0\0\0\4\0\0\0\x09" + b"\xff" * 90, b"\0" * 300])
def test_an_index_that_is_none(here: Path, index: bytes) -> None:
    (here / ".git").mkdir()
    (here / ".git/index").write_bytes(index)
    assert objection(here) == ""


def test_relative_values_of_what_activates_are_the_folder_s(here: Path) -> None:
    env = {"VIRTUAL_ENV": ".venv", "CONDA_PREFIX": "", "PATH": f".venv/bin:.:{os.pathsep}"}
    assert choose.choose(None, env, here)[1] == choose.HERE
    assert choose.choose(None, env, here, here=False)[1] not in (choose.HERE, "VIRTUAL_ENV")


def test_what_is_started_is_said_before_it_is(here: Path) -> None:
    said = []

    def say(executable: str, why: str) -> None:
        said.append((Path(executable).name, why, (here / "ran").exists()))

    (here / ".venv/bin/python").write_text(f"#!/bin/sh\ntouch {here}/ran\necho; echo {choose._ANSWER} 3.12 x\n")
    choose.choose(None, {}, here, say=say)
    choose.choose(".venv", {}, here, say=say)
    assert said == [("python", choose.HERE, False), ("python", "--python", True)]


def test_an_environment_that_nobody_activated_is_known_but_asleep(here: Path) -> None:
    assert choose.asleep({}, here) == here / ".venv/bin/python"
    assert choose.asleep({"VIRTUAL_ENV": str(here / ".venv")}, here) is None
    assert choose.asleep({}, here.parent) is None

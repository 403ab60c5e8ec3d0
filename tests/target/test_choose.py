"""Which interpreter is chosen, and what is said about one that cannot be used."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doctor.bootstrap.home import Home
from doctor.bootstrap.records import EnvironmentRecord, remember
from doctor.model import DoctorError
from doctor.target import choose as choosing
from tests import environments
from tests.surroundings import SCRIPTS

pytestmark = SCRIPTS


def stand_in(path: Path, text: str, executable: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755 if executable else 0o644)
    return path


def python(path: Path, version: str = "3.12") -> Path:
    """Something that answers as a Python of that version does."""
    return stand_in(path, f"echo; echo {choosing._ANSWER} {version} {path}")


@pytest.fixture(autouse=True)
def no_torch_beside_us(monkeypatch, tmp_path):
    monkeypatch.setattr(choosing, "_torch_beside_us", lambda: False)
    monkeypatch.setenv("HOME", str(tmp_path))  # whoever runs the tests may have an environment of the bootstrap's


def refused(argument: str, cwd: Path, env: dict[str, str] | None = None) -> DoctorError:
    with pytest.raises(DoctorError) as error:
        choosing.choose(argument, env or {}, cwd)
    assert error.value.exit_code == 2
    assert Path(argument).name in error.value.message
    return error.value


def test_order(tmp_path):
    first = python(tmp_path / "active/bin/python")
    second = python(tmp_path / "conda/bin/python")
    third = python(tmp_path / "here/.venv/bin/python")
    fourth = python(tmp_path / "bin/python")
    named = python(tmp_path / "named/python")
    env = {
        "VIRTUAL_ENV": str(tmp_path / "active"),
        "CONDA_PREFIX": str(tmp_path / "conda"),
        "PATH": str(tmp_path / "bin"),
    }
    here = tmp_path / "here"
    assert choosing.choose(str(named), env, here) == (str(named), "--python")
    assert choosing.choose(None, env, here) == (str(first), "VIRTUAL_ENV")
    del env["VIRTUAL_ENV"]
    assert choosing.choose(None, env, here) == (str(second), "CONDA_PREFIX")
    del env["CONDA_PREFIX"]
    assert choosing.choose(None, env, here) == (str(third), ".venv here")
    assert choosing.choose(None, env, tmp_path) == (str(fourth), "PATH")
    assert choosing.choose(None, {"PATH": "/nonexistent"}, tmp_path) == (sys.executable, "own")


def bootstrapped(folder: Path, made: str = "env") -> Path:
    """A home with an environment on record; returns its Python."""
    home = Home(folder)
    home.claim()
    remember(home, EnvironmentRecord(str(folder / made), made=True))
    return python(folder / made / "bin/python")


def test_the_environment_of_the_bootstrap_after_what_is_active_and_before_path(tmp_path):
    made = bootstrapped(tmp_path / ".local/share/torch-doctor")
    on_path = python(tmp_path / "bin/python")
    here = python(tmp_path / "here/.venv/bin/python")
    env = {"PATH": str(tmp_path / "bin")}
    assert choosing.choose(None, env, tmp_path) == (str(made), "bootstrap")
    assert choosing.choose(None, env, tmp_path / "here") == (str(here), ".venv here")
    assert choosing.choose(None, {**env, "XDG_DATA_HOME": str(tmp_path / "none")}, tmp_path) == (str(on_path), "PATH")
    other = bootstrapped(tmp_path / "other")
    named = {**env, "TORCH_DOCTOR_HOME": str(tmp_path / "other")}
    assert choosing.choose(None, named, tmp_path) == (str(other), "bootstrap")
    made.unlink()
    assert choosing.choose(None, env, tmp_path) == (str(on_path), "PATH")


def test_the_program_finds_its_home_by_where_it_lies(tmp_path, monkeypatch):
    made = bootstrapped(tmp_path / "somewhere")
    own = python(tmp_path / "somewhere/doctor/bin/python")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "somewhere/doctor"))
    monkeypatch.setattr(sys, "executable", str(own))
    monkeypatch.setattr(sys, "argv", ["/some/site-packages/doctor/__main__.py", "check"])
    env = {"PATH": str(own.parent)}
    assert choosing.choose(None, env, tmp_path) == (str(made), "bootstrap")
    made.unlink()
    assert choosing.choose(None, env, tmp_path) == (str(own), "own")  # for there is no other


def test_own_before_path_where_torch_lies_beside_it(tmp_path, monkeypatch):
    python(tmp_path / "bin/python")
    monkeypatch.setattr(choosing, "_torch_beside_us", lambda: True)
    assert choosing.choose(None, {"PATH": str(tmp_path / "bin")}, tmp_path)[1] == "own"


def test_own_before_path_where_its_python_was_named(tmp_path, monkeypatch):
    on_path = python(tmp_path / "bin/python")
    env = {"PATH": str(tmp_path / "bin")}
    monkeypatch.setattr(sys, "argv", ["/some/site-packages/doctor/__main__.py", "check"])
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    assert choosing.choose(None, env, tmp_path)[1] == "own"
    monkeypatch.setattr(sys, "argv", ["/usr/local/bin/torch-doctor", "check"])
    assert choosing.choose(None, env, tmp_path) == (str(on_path), "PATH")


def test_torch_beside_us_is_looked_for_on_the_search_path(tmp_path, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert not choosing._torch_beside_us()
    environments.fake_torch(tmp_path)
    assert choosing._torch_beside_us()


def test_unusable_ones_are_passed_over(tmp_path):
    stand_in(tmp_path / "shims/python", "echo 'pyenv: python: command not found' >&2; exit 127")
    python(tmp_path / "old/python", "2.7")
    good = python(tmp_path / "new/python3")
    env = {"PATH": os.pathsep.join(str(tmp_path / name) for name in ("shims", "old", "new")), "VIRTUAL_ENV": "/gone"}
    assert choosing.choose(None, env, tmp_path) == (str(good), "PATH")


def test_a_shim_is_replaced_by_what_is_behind_it(tmp_path):
    stand_in(tmp_path / "shims/python", f"echo; echo {choosing._ANSWER} 3.12 /real/python")
    assert choosing.choose(None, {"PATH": str(tmp_path / "shims")}, tmp_path)[0] == "/real/python"


@pytest.mark.parametrize("mark", ["uv-receipt.toml", "pipx_metadata.json"])
def test_an_application_s_own_python_on_path_is_not_taken(tmp_path, monkeypatch, mark):
    own, other = python(tmp_path / "tool/bin/python"), python(tmp_path / "bin/python")
    (tmp_path / "tool" / mark).touch()
    monkeypatch.setattr(sys, "executable", str(own))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "tool"))
    path = os.pathsep.join([str(own.parent), str(other.parent)])
    assert choosing.choose(None, {"PATH": path}, tmp_path) == (str(other), "PATH")


def test_named_by_command_folder_and_relative_path(tmp_path):
    found = python(tmp_path / "空 间/bin/python")
    assert choosing.choose(str(tmp_path / "空 间"), {}, tmp_path)[0] == str(found)
    assert choosing.choose("空 间/bin/python", {}, tmp_path)[0] == str(found)
    assert choosing.choose("python", {"PATH": str(found.parent)}, tmp_path)[0] == str(found)


def test_missing(tmp_path):
    assert refused("nowhere/python", tmp_path).reference == "python-missing"
    (tmp_path / "dangling").symlink_to("/nonexistent/python")
    error = refused("dangling", tmp_path)
    assert (error.reference, error.context) == ("python-missing", "a broken link")


def test_folder_without_python(tmp_path):
    (tmp_path / "data").mkdir()
    error = refused("data", tmp_path)
    assert (error.reference, error.context) == ("python-missing", "it is empty")


def test_not_executable(tmp_path):
    stand_in(tmp_path / "python", "", executable=False)
    assert refused("python", tmp_path).reference == "python-not-executable"


def test_not_a_python(tmp_path):
    stand_in(tmp_path / "python", "echo what is it >&2; exit 3")
    error = refused("./python", tmp_path)
    assert (error.reference, error.context) == ("not-a-python", "exit 3: what is it")


def test_one_that_never_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "_TIMEOUT_S", 0.2)
    stand_in(tmp_path / "python", "sleep 60")
    assert refused("./python", tmp_path).context.startswith("no answer in")


def test_too_old(tmp_path):
    python(tmp_path / "python", "3.6")
    error = refused("./python", tmp_path)
    assert error.reference == "python-too-old"
    assert "3.7 or newer" in error.message


def test_noise_before_the_answer(tmp_path):
    stand_in(tmp_path / "python", f"printf 'module load: hello'; echo; echo {choosing._ANSWER} 3.9 x")
    assert choosing.choose("./python", {}, tmp_path)[1] == "--python"

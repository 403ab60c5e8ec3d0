from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.model import DoctorError
from doctor.setup import tools
from doctor.setup.model import Where
from doctor.setup.resolve import resolve
from doctor.setup.tools import Installer, choose_installer
from tests.environments import venv
from tests.setup.wheel_index import Index, pair, serving
from tests.surroundings import SCRIPTS


@pytest.fixture
def no_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "find_uv", lambda: None)


def stand_in(folder: Path, version: str) -> str:
    """An interpreter whose pip is of that version."""
    file = folder / "python"
    file.write_text(f"#!/bin/sh\necho 'pip {version} from /usr/lib/python3/dist-packages/pip (python 3.10)'\n")
    file.chmod(0o755)
    return str(file)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_pip_that_is_too_old_is_passed_over(tmp_path: Path, no_uv: None, monkeypatch: pytest.MonkeyPatch) -> None:
    base = stand_in(tmp_path, "26.0.1")
    assert choose_installer(base) == Installer("pip", (base, "-m", "pip"), counts=True)
    assert choose_installer(stand_in(tmp_path, "24.0")).counts is False  # it does not know how yet
    old = stand_in(tmp_path, "22.0.2")
    monkeypatch.setattr(sys, "executable", old)
    with pytest.raises(DoctorError) as error:
        choose_installer(old)
    assert error.value.context == f"no uv; pip 22.0 in {old}"


@SCRIPTS
def test_a_uv_that_does_not_start_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocked by an administrator, for another processor, or without a library of the system: pip is there."""
    blocked = tmp_path / "uv"
    blocked.write_text("#!/bin/sh\nexit 126\n")
    blocked.chmod(0o755)
    monkeypatch.setenv("UV", str(blocked))
    found = tools.find_uv()
    assert found and found != str(blocked), "the next one is taken"
    monkeypatch.setattr(tools, "which", lambda _: str(blocked))
    monkeypatch.setattr(sys, "executable", str(venv(tmp_path / "env")))
    assert tools.find_uv() is None


@pytest.mark.heavy
def test_an_older_pip_plans_with_a_newer_one_and_fetches_no_package(
    tmp_path: Path, own_caches: None, no_uv: None
) -> None:
    """Before 25.3 a dry run downloads every wheel: gigabytes, before anybody was asked."""
    python = str(venv(tmp_path / "old"))
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "-q", "pip==24.0"], check=True)
    told: list[str] = []
    with serving(Index(pair())) as index:
        installer, where = Installer("pip", (python, "-m", "pip")), Where("index", index.url)
        found = resolve(installer, python, ["torch==2.15.0+cpu"], where, doing=told.append)
        assert [one.name for one in found] == ["torch"]
        assert not index.wheel_asked.is_set()
    assert told[0].startswith("fetching a newer pip: 24.0 would fetch every package")


def test_the_commands() -> None:
    uv, pip = Installer("uv", ("/opt/uv",)), Installer("pip", ("/usr/bin/python3", "-m", "pip"))
    named = ("--prompt", "torch")
    assert uv.make("3.12", "/torch") == ("/opt/uv", "venv", "--allow-existing", *named, "--python", "3.12", "/torch")
    assert pip.make("/usr/bin/python3", "/torch")[1:] == ("-m", "venv", "--without-pip", *named, "/torch")
    exact = ("--no-deps", "--require-hashes", "-r", "/env/r.txt")
    assert uv.install("/env/bin/python", "/env/r.txt")[-4:] == exact
    assert pip.install("/env/bin/python", "/env/r.txt")[3:5] == ("--python", "/env/bin/python")


@pytest.mark.parametrize(
    ("folder", "named"), [("/home/ada/mnist/.venv", "mnist"), ("/home/ada/env", "ada"), ("/home/ada/torch", "torch")]
)
def test_the_prompt_names_the_environment(folder: str, named: str) -> None:
    for installer in (Installer("uv", ("uv",)), Installer("pip", ("python3", "-m", "pip"))):
        argv = installer.make("python3", folder)
        assert argv[argv.index("--prompt") + 1] == named


def test_pip_comes_from_pythons_own_copy_or_by_ensurepip() -> None:
    uv, pip = Installer("uv", ("/opt/uv",)), Installer("pip", (sys.executable, "-m", "pip"))
    for installer in (uv, pip):
        argv = tools.add_pip(installer, sys.executable, os.environ)
        assert argv[: len(installer.argv)] == installer.argv
        carried = [Path(word).name for word in argv if word.endswith(".whl") and Path(word).exists()]
        assert [name.partition("-")[0] for name in carried] == [
            "pip"
        ]  # an older setuptools beside it would replace torch's
    assert tools.add_pip(uv, "/nowhere/python", os.environ) == ("/nowhere/python", "-m", "ensurepip", "--default-pip")


def test_an_interpreter_by_its_version() -> None:
    version = "{}.{}".format(*sys.version_info[:2])
    found = tools.find_python(version)
    assert found is None or Path(found).exists()
    assert tools.find_python("3.99") is None

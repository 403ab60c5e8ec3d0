"""An evening and what may go wrong in it, the same for every way in: exit code, words, and what the doctor is asked."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.bootstrap.parts import index, pip_and_uv, stand_in
from tests.bootstrap.shells import WAYS, Way

EVERYTHING = ["check", "setup", "lock"]  # setup ends with a check of its own
MIRROR = "https://mirror.example/simple"
MADE_ANEW = "creating torch-doctor's environment"


@dataclass(frozen=True)
class Step:
    name: str
    asked: list[str]
    said: tuple[str, ...]
    code: int = 0
    words: tuple[str, ...] = ("--yes",)
    fails: str = ""
    mirror: str = ""
    first: Callable[[Path], object] = field(default=lambda data: None)


def _gone(*names: str) -> Callable[[Path], object]:
    return lambda data: [shutil.rmtree(found) for name in names for found in data.glob(name)]


def _program_without_python(data: Path) -> None:
    for python in [*data.glob("doctor/bin/python*"), *data.glob("doctor/Scripts/python*")]:
        python.unlink()


EVENING = (
    Step("looked at first", [], ("nothing was done (-", "about 60 MB to download"), words=("--dry-run",)),
    Step("setup fails", ["check", "setup"], ("bootstrap: PyTorch is not set up in", "  next: "), 1, fails="setup"),
    Step("the lock fails", EVERYTHING, ("bootstrap: the lock could not be written",), 1, fails="lock"),
    Step("again", ["check", "lock"], ("already installed", "already there", "Done. From now on")),
    Step("nothing is left to do", ["check"], ("already installed", "Done. From now on")),
    Step("another mirror", ["check"], (MIRROR,), mirror=MIRROR),
    Step("the environment is gone", EVERYTHING, ("--- setup", "Done."), first=_gone("env")),
    Step("its Python is gone", ["check"], (MADE_ANEW, "Done."), first=_program_without_python),
    Step("only the check", ["check"], (), words=("--check-only",)),
    Step("the check fails", ["check"], ("the check does not find it sound",), 1, fails="check"),
    Step("from a lock", ["check", "setup"], ("--- setup", "Done."), words=("--yes", "--from", "pylock.cpu.toml")),
    Step("conda", EVERYTHING, ("--- setup", "Done."), words=("--yes", "--conda", "torch")),
    Step("conda again", ["check"], ("already installed: torch", "Done."), words=("--yes", "--conda", "torch")),
    Step("wrong words", [], ("bootstrap: unknown option --chek-only; -",), 2, words=("--yes", "--chek-only")),
)  # fmt: skip


@pytest.fixture(params=[pytest.param(way, id=way.name, marks=pytest.mark.heavy) for way in WAYS])
def way(request: pytest.FixtureRequest) -> Way:
    request.param.skip()
    return request.param


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    (tmp_path / "wheels").mkdir()
    stand_in(tmp_path / "wheels")
    pip_and_uv(tmp_path / "wheels")
    return tmp_path / "wheels"


def asked(folder: Path) -> list[str]:
    """The doctor's commands since it was last looked."""
    file = folder / "asked"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [line.split()[0] for line in lines]


@pytest.mark.timeout(1800)
def test_an_evening(way: Way, wheels: Path, tmp_path: Path) -> None:
    """In one session of PowerShell, by all ways to start it; under Wine with the code page of China."""
    data = tmp_path / "it's a [new] 数据盘"
    (tmp_path / "pylock.cpu.toml").touch()
    source = next(wheels.glob("torch_doctor*"))
    own = {"TORCH_DOCTOR_HOME": way.native(f"{data}/"), **way.conda(tmp_path / "conda")}
    with index(wheels) as url, way.window(tmp_path, WINE_LOCALE="zh_CN.UTF-8") as window:
        for step, by in zip(EVENING, itertools.cycle(("call", "dot", "block"))):
            step.first(data)
            done = window.run(
                *step.words, "--source", source, "--mirror", step.mirror or f"{url}/simple",
                by=by, FAKE_FAILS=step.fails, **own,
            )  # fmt: skip
            unsaid = [words for words in step.said if words not in done.stderr]
            seen = (step.name, done.returncode, asked(tmp_path), unsaid)
            assert seen == (step.name, step.code, step.asked, []), done.stderr + done.stdout
            assert not (data / "work").exists(), step.name
            assert "left behind: " not in done.stderr, step.name
    done = way.run("--uninstall", "--yes", "--source", source, folder=tmp_path, **own)
    assert done.returncode == 0, done.stderr
    assert "conda env remove -n torch" in done.stderr
    assert not data.exists()

"""Killed before any of its steps, a bootstrap is gone on with by the next one; what was whole before stays whole."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bootstrap.parts import CHECKOUT, environment, pip_and_uv, quick_python, stand_in
from tests.kills.steps import NEVER

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]
DATA = ".local/share/torch-doctor"
# The body, killed before one of its steps. Its children live on, as they do after `kill -9` where no guard ends them.
# A number that is not reached is the count of steps, as a report.
BODY = f"""
import atexit, runpy, sys
sys.path.insert(0, {str(CHECKOUT)!r})
from tests.kills.steps import kill_before
source, number, *words = sys.argv[1:]
sys.path[0] = source
sys.argv = ["bootstrap", *words]
steps = kill_before(int(number))
atexit.register(lambda: print("steps", steps[0]))
runpy.run_module("doctor.bootstrap", run_name="__main__", alter_sys=True)
"""
_ID = re.compile(r"\b[0-9a-f]{16}\b|(?<=-)[0-9a-f]{6}\b")
REACHED = 30  # steps that every run has which is not done yet


class BareMachine:
    """A user's folder, and the bootstrap from a wheel of a stand-in, offline."""

    def __init__(self, home: Path, wheels: Path) -> None:
        self.home, self.wheels = home, wheels
        home.mkdir(parents=True)

    def run(self, *words: str | Path, killed_at: int = NEVER) -> subprocess.CompletedProcess[str]:
        source = next(self.wheels.glob("torch_doctor*"))
        argv = [str(quick_python()), "-I", "-B", "-X", "utf8", "-c", BODY, source, str(killed_at), *words]
        return subprocess.run(
            argv, cwd=self.home, env=environment(self.home, FAKE_SETUP_S="0.3"), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, start_new_session=True, check=False,
        )  # fmt: skip

    def bootstraps(self, *more: str | Path, killed_at: int = NEVER) -> subprocess.CompletedProcess[str]:
        return self.run("--yes", "--offline", self.wheels, *more, killed_at=killed_at)

    def completes(self, *words: str | Path) -> int:
        """The number of steps that it took."""
        done = self.bootstraps(*words)
        assert done.returncode == 0, done.stderr
        return steps_of(done)

    def files(self) -> set[str]:
        """What lies in the user's folder, by name; records have names of their own on every machine."""
        names = {_ID.sub("ID", str(path.relative_to(self.home))) for path in self.home.rglob("*")}
        return {name for name in names if "__pycache__" not in name}


def steps_of(done: subprocess.CompletedProcess[str]) -> int:
    return int(done.stdout.rpartition("steps ")[2])


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    stand_in(folder)
    pip_and_uv(folder)
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> tuple[BareMachine, list[int]]:
    """A machine where nothing was killed, with two environments, and how many steps each took."""
    machine = BareMachine(tmp_path_factory.mktemp("clean") / "home", wheels)
    return machine, [machine.completes(), machine.completes("--env", machine.home / "second")]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(2))
def test_twenty_kills_and_a_run_after_each_few(seed, clean, wheels, tmp_path):
    reference, steps = clean
    assert min(steps) > REACHED
    chance = random.Random(seed)
    machine = BareMachine(tmp_path / "home", wheels)

    for step in chance.sample(range(REACHED), 3):
        assert machine.bootstraps(killed_at=step).returncode == -9
    machine.completes()
    whole = {name: (machine.home / name).lstat().st_size for name in machine.files() if name.startswith(f"{DATA}/env/")}

    for step in chance.sample(range(REACHED), 2):
        assert machine.bootstraps("--env", machine.home / "second", killed_at=step).returncode == -9
        assert whole == {name: (machine.home / name).lstat().st_size for name in whole}
    machine.completes("--env", machine.home / "second")
    assert machine.files() ^ reference.files() == set()

    (machine.home / "mine").touch()
    shutil.copytree(machine.home / DATA / "doctor", machine.home / "mine too", symlinks=True)
    mine = {name for name in machine.files() if name.startswith("mine")}
    for _ in range(2):
        assert machine.run("--uninstall", killed_at=chance.randrange(60)).returncode == -9
    done = machine.run("--uninstall")
    assert done.returncode == 0, done.stderr
    assert machine.files() - mine == set()
    assert mine <= machine.files()

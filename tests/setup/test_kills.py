"""Setups killed at twenty moments, one after the other in the same folder: then one that is not killed completes."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.setup import environment
from tests.setup.test_session import version_in
from tests.setup.wheel_index import TORCH, Index

# Each fork is killed before one of the steps that change something; what it started lives on, as after `kill -9`.
KILLED = """
import os, random, shutil, sys
from pathlib import Path
import msgspec
from doctor.match import Wish
from doctor.setup import environment, session

folder, url = Path(sys.argv[1]), sys.argv[2]
session._add_pip = lambda *_: None  # which takes longer than all the rest
wish = Wish(accelerator="cpu", index_url=url)
prepared = session.prepare(session.SetupRequest(folder=folder, python=sys.executable, wish=wish))

def carry_out():
    plan = msgspec.structs.replace(prepared.plan, state=environment.folder_state(folder))
    session.carry_out(msgspec.structs.replace(prepared, plan=plan), lambda _: None)

def killed_at(step):
    done = [0]
    def count(event, arguments):
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "subprocess.Popen"}:
            done[0] += 1
            if done[0] > step:
                os.kill(os.getpid(), 9)
    child = os.fork()
    if not child:
        sys.addaudithook(count)
        carry_out()
        os._exit(done[0])
    return os.waitpid(child, 0)[1]

steps = os.waitstatus_to_exitcode(killed_at(10**6))
assert steps > 5, steps
shutil.rmtree(folder)
chance = random.Random(7)
for _ in range(20):
    assert killed_at(chance.randrange(steps)) == 9
    assert environment.folder_state(folder) in ("new", "half-made")
carry_out()
"""


@pytest.mark.heavy
@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64")
@pytest.mark.parametrize("installer", ["uv"], indirect=True)
def test_twenty_kills(tmp_path: Path, index: Index, installer: str) -> None:
    folder = tmp_path / "env"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), index.url], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert version_in(str(folder / "bin/python"), "torch") == TORCH
    assert not (folder / environment.MARK).exists()

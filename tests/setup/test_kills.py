"""Setups killed at twenty moments, one after the other in the same folder: then one that is not killed completes."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from doctor.setup import environment
from tests.bootstrap.parts import CHECKOUT
from tests.setup.test_session import version_in
from tests.setup.wheel_index import TORCH, Index

KILLED = """
import random, shutil, sys
from pathlib import Path
import msgspec
from doctor.match import Wish
from doctor.setup import environment, session
from tests.kills.steps import killed_before, steps_of

folder, url = Path(sys.argv[1]), sys.argv[2]
session._add_pip = lambda *_: None  # which takes longer than all the rest
wish = Wish(accelerator="cpu", index_url=url)
prepared = session.prepare(session.SetupRequest(folder=folder, python=sys.executable, wish=wish))

def carry_out():
    plan = msgspec.structs.replace(prepared.plan, state=environment.folder_state(folder))
    session.carry_out(msgspec.structs.replace(prepared, plan=plan), lambda _: None)

steps = steps_of(carry_out)
assert steps > 5, steps
shutil.rmtree(folder)
chance = random.Random(7)
for _ in range(20):
    assert killed_before(chance.randrange(steps), carry_out)
    assert environment.folder_state(folder) in ("new", "half-made")
carry_out()
"""


@pytest.mark.heavy
@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="wheels for Linux x86_64")
@pytest.mark.parametrize("installer", ["uv"], indirect=True)
def test_twenty_kills(tmp_path: Path, index: Index, installer: str) -> None:
    folder = tmp_path / "env"
    argv = [sys.executable, "-c", KILLED, str(folder), index.url]
    done = subprocess.run(argv, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert version_in(str(folder / "bin/python"), "torch") == TORCH
    assert not (folder / environment.MARK).exists()

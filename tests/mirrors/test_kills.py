"""`mirrors --apply` and `--undo`, killed before each of their steps: no file is torn, and the next run completes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bootstrap.parts import CHECKOUT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux, and forks")
KILLED = """
import sys
from pathlib import Path
from doctor.facts import Sources
from doctor.files.journal import default_journal
from doctor.mirrors import apply
from doctor.mirrors.model import JudgedMirror, MirrorCandidate, MirrorVerdict, WantedPackage
from doctor.mirrors.run import MirrorsReport
from doctor.mirrors.settings import from_environment
from doctor.target import Target
from tests.kills.steps import killed_before

MIRROR = "https://mirror.example/simple"
row = JudgedMirror(service="pypi", name="mirror", url=MIRROR, verdict=MirrorVerdict.OK, reachable=True,
                   latency_ms=None, bytes_per_s=None, behind="", reason="")
who = MirrorCandidate(service="pypi", name="mirror", url=MIRROR, shown=MIRROR)
report = MirrorsReport((row,), {"pypi": row}, (who,), from_environment({}, ""), WantedPackage(),
                       Target(sys.executable), Sources())
files = [Path.home() / ".config" / name for name in ("pip/pip.conf", "uv/uv.toml")]
old = [file.read_bytes() for file in files]
quiet = lambda *_: True

def applies():
    apply.apply(report, ("pip", "uv"), "user", confirm=quiet, say=quiet)

def undoes():
    apply.undo("all", say=quiet)

def now():
    return [file.read_bytes() for file in files]

applies()
new = now()
undoes()
assert new != old == now()
for work in (applies, undoes):
    step = 0
    while True:
        if work is undoes:
            applies()
        if not killed_before(step, work):
            break
        assert all(one in pair for one, pair in zip(now(), zip(old, new))), (work, step)
        default_journal().changes()  # it can be read
        applies()
        assert now() == new, (work, step)
        undoes()
        assert now() == old, (work, step)
        step += 1
    print(step)
    if work is applies:
        undoes()
"""


def test_killed_at_any_step_nothing_is_torn_and_the_next_run_completes(tmp_path: Path) -> None:
    for name, text in (("pip/pip.conf", "[global]\ntimeout = 60\n"), ("uv/uv.toml", "preview = false\n")):
        file = tmp_path / ".config" / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
    hidden = ("XDG_", "PIP_", "UV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    argv, env = [sys.executable, "-c", KILLED], {**kept, "HOME": str(tmp_path)}
    done = subprocess.run(argv, capture_output=True, text=True, env=env, cwd=CHECKOUT, check=False)
    assert done.returncode == 0, done.stderr
    assert all(int(steps) >= 20 for steps in done.stdout.split())
    assert sorted(path.name for path in (tmp_path / ".config").rglob("*")) == ["pip", "pip.conf", "uv", "uv.toml"]

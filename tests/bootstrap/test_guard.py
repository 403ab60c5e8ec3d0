"""`kill -9` leaves nobody to tidy up but the guard: nothing that we started goes on, and nothing else is touched."""

from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from tests.processes import alive, gone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells other processes' environments")
STARTS = """
import os, subprocess, sys, time
from doctor.bootstrap import guard
guard.watch()
guard.watch()
marked = {**os.environ, guard.VARIABLE: guard.MARK + "-1"}
stray = ["sh", "-c", "trap '' TERM; setsid sleep 600 >/dev/null 2>&1 & echo $!; exec sleep 600"]
for env in (marked, os.environ):
    child = subprocess.Popen(stray, env=env, stdout=subprocess.PIPE, text=True)
    print(child.pid, child.stdout.readline().strip(), flush=True)
sys.stdin.read()
"""


def test_what_has_our_mark_is_ended_and_nothing_else() -> None:
    with subprocess.Popen([sys.executable, "-c", STARTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout
        ours, others = (list(map(int, program.stdout.readline().split())) for _ in range(2))
        family = psutil.Process(program.pid).children()
        assert len(family) == 3  # one guard
        program.kill()
        for _ in range(5):  # it gives them three seconds to tidy up
            if all(map(gone, ours)):
                break
        assert not any(map(alive, ours))
        assert all(map(alive, others))
        for pid in others:
            psutil.Process(pid).kill()


def test_it_ends_before_us() -> None:
    with subprocess.Popen([sys.executable, "-c", STARTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout
        started = [int(pid) for _ in range(2) for pid in program.stdout.readline().split()]
        guards = [each.pid for each in psutil.Process(program.pid).children() if each.pid not in started]
        program.communicate(timeout=30)
    assert len(guards) == 1
    assert not any(map(psutil.pid_exists, guards))
    for pid in started:
        psutil.Process(pid).kill()

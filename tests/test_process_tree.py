"""What a child started ends with it: in its group, in a session of its own, forked twice."""

from __future__ import annotations

import sys
import threading

import pytest

from doctor.run import run
from tests.processes import code, gone

linux = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")

GRANDCHILD = (
    "import subprocess, sys, time; "
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session={session}); "
    "print(p.pid, flush=True); {after}"
)


@pytest.mark.parametrize("session", [False, True])
def test_deadline_kills_grandchildren(session: bool) -> None:
    ended = run(code(GRANDCHILD.format(session=session, after="time.sleep(60)")), timeout_s=1.5)
    assert ended.timed_out
    assert gone(int(ended.stdout))


def test_what_a_finished_child_leaves_in_its_group_is_killed() -> None:
    ended = run(code(GRANDCHILD.format(session=False, after="")), timeout_s=20)
    assert ended.ok
    assert gone(int(ended.stdout))


@linux
def test_what_a_finished_child_leaves_in_a_session_of_its_own_is_killed() -> None:
    ended = run(code(GRANDCHILD.format(session=True, after="")), timeout_s=20)
    assert ended.ok
    assert gone(int(ended.stdout))


DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print(os.getpid(), flush=True)
        devnull = os.open(os.devnull, os.O_RDWR)
        for n in (0, 1, 2): os.dup2(devnull, n)
        time.sleep(60)
    os._exit(0)
time.sleep({seconds})
"""


@linux
@pytest.mark.parametrize(("seconds", "timed_out"), [(0.5, False), (60, True)])
def test_a_daemon_that_forked_twice_is_killed(seconds: float, timed_out: bool) -> None:
    ended = run(code(DAEMON.format(seconds=seconds)), timeout_s=2)
    assert ended.timed_out is timed_out
    assert gone(int(ended.stdout))


@linux
def test_another_run_in_progress_is_left_alone() -> None:
    results = []
    text = "import time; time.sleep(1.5); print('lived')"
    other = threading.Thread(target=lambda: results.append(run(code(text), timeout_s=20)))
    other.start()
    run(code(GRANDCHILD.format(session=True, after="")), timeout_s=20)
    other.join()
    assert results[0].stdout == "lived\n"

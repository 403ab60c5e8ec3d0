"""What a child started ends with it: in its group, in a session of its own, forked twice."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from doctor.process import run
from tests.processes import gone

pytestmark = pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
linux = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")


def shell(text: str) -> list[str]:
    """A shell starts in milliseconds, so that short deadlines hold on a busy machine too."""
    return ["sh", "-c", text]


IN_THE_GROUP = "sleep 60 & echo $!; "
IN_A_SESSION_OF_ITS_OWN = "setsid sleep 60 & echo $!; "
FORKED_TWICE = "(setsid sh -c 'echo $$; exec sleep 60 >/dev/null 2>&1' &); "
SLIPPED_AWAY = [IN_A_SESSION_OF_ITS_OWN, FORKED_TWICE]


@pytest.mark.parametrize("start", [IN_THE_GROUP, *(pytest.param(start, marks=linux) for start in SLIPPED_AWAY)])
def test_the_deadline_holds_for_what_a_child_started(start: str) -> None:
    ended = run(shell(start + "sleep 61"), timeout_s=1)
    assert ended.timed_out
    assert gone(int(ended.stdout))


@pytest.mark.parametrize("start", [IN_THE_GROUP, *(pytest.param(start, marks=linux) for start in SLIPPED_AWAY)])
def test_what_a_finished_child_leaves_behind_is_killed(start: str) -> None:
    ended = run(shell(start + "sleep 0.5"), timeout_s=30)
    assert ended.ok
    assert gone(int(ended.stdout))


@linux
def test_another_run_in_progress_is_left_alone() -> None:
    results = []
    other = threading.Thread(target=lambda: results.append(run(shell("sleep 1; echo lived"), timeout_s=30)))
    other.start()
    run(shell(FORKED_TWICE), timeout_s=30)
    other.join()
    assert results[0].stdout == "lived\n"

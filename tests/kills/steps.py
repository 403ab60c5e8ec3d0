"""Work killed before the step with a certain number that changes something: audit events come before what they tell of.

Standard library alone: programs that the tests start import it, too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

NEVER = 10**6
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "subprocess.Popen"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def kill_before(step: int) -> list[int]:
    """This process, from now on; returns the count of the steps it has done, in a list that goes on being counted."""
    done = [0]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if writes or event in _CHANGES:
            done[0] += 1
            if done[0] > step:
                os.kill(os.getpid(), 9)

    sys.addaudithook(count)
    return done


def killed_before(step: int, work: Callable[[], object]) -> bool:
    """Whether the work, in a fork, came so far that it was killed. What it has started lives on, as after `kill -9`."""
    child = os.fork()
    if not child:
        kill_before(step)
        work()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -9), code
    return code == -9


def steps_of(work: Callable[[], object]) -> int:
    """How many there are. The work is done."""
    child = os.fork()
    if not child:
        done = kill_before(NEVER)
        work()
        os._exit(done[0])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

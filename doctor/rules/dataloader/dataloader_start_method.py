"""How DataLoader workers start on this machine.

## Why it matters
Windows and macOS start workers by spawn, and Linux from Python 3.14 on by forkserver: the script is imported again,
so it needs a main guard, and what workers get is pickled. Scripts from Linux with Python 3.13 or older were never
asked for that. It also takes seconds a worker instead of 0.1.

## What to do
Look at scripts with `doctor lint`. Pass `multiprocessing_context="fork"` to a loader only where no threads and no
CUDA are in use; keep workers with `persistent_workers=True`.

## References
- https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
- https://github.com/pytorch/pytorch/pull/188885
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.INFO
MESSAGE = "workers start by {method} here: scripts need a main guard, and what workers get must pickle (doctor lint)"


def check(python: Python) -> Answer | None:
    if python.start_method not in ("spawn", "forkserver"):
        return None
    evidence = seen("python.start_method", python.start_method, "a main guard in scripts that use workers")
    return there(evidence, method=python.start_method)

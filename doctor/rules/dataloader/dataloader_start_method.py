"""How DataLoader workers start on this machine.

## Why it matters
Windows and macOS start workers with spawn, and Linux from Python 3.14 on with forkserver: the script is imported again,
so it needs a main guard, and whatever workers get is pickled. Scripts written for Linux with Python 3.13 or older never
needed that. Each worker also takes seconds to start instead of 0.1 s.

## What to do
Check scripts with `torch-doctor lint SCRIPT`. Pass `multiprocessing_context="fork"` to a loader only if neither threads
nor CUDA are in use; keep workers with `persistent_workers=True`.

## References
- https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
- https://github.com/pytorch/pytorch/pull/188885
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.INFO
MESSAGE = "Workers start with {method} here: scripts need a main guard, and whatever workers get must be picklable"


def check(python: Python) -> Answer:
    method = python.start_method
    if not method:
        return cannot_tell("python.start_method")
    if method == "fork":
        return not_there("python.start_method", method)
    return there(seen("python.start_method", method, "a main guard in scripts that use workers"), method=method)

"""Free-threaded Python does not turn workers into threads.

## Why it matters
torch 2.15 starts processes for `num_workers` on a free-threaded build too; DataLoader has no argument for threads.

## What to do
Keep using processes, or use a loader that works with threads.

## References
- https://github.com/pytorch/pytorch/pull/161044
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.INFO
MESSAGE = "This Python is free-threaded, but DataLoader workers are still processes"


def check(python: Python) -> Answer:
    if python.free_threaded is None:
        return cannot_tell("python.free_threaded")
    if not python.free_threaded:
        return not_there("python.free_threaded", False)
    return there(seen("python.free_threaded", True))

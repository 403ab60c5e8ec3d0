"""Free-threaded Python does not turn workers into threads.

## Why it matters
torch 2.15 starts processes for `num_workers` on a free-threaded build too; DataLoader has no argument for threads.

## What to do
Go on with processes, or use a loader that works with threads.

## References
- https://github.com/pytorch/pytorch/pull/161044
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.INFO
MESSAGE = "this Python is free-threaded, but DataLoader workers are still processes"


def check(python: Python) -> Answer | None:
    return there(seen("python.free_threaded", True)) if python.free_threaded else None

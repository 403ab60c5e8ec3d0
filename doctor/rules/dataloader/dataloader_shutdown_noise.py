"""An iterator is finalised in a forked worker of another loader.

## Why it matters
A forked child inherits the live iterators and finalises them when it ends: "can only test a child process". This is
harmless noise, unless there are other errors.

## What to do
Finish or delete an iterator before starting another loader.

## References
- https://github.com/pytorch/pytorch/issues/53703
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.INFO
SIGNATURES = (r"can only (?:test|join) a child process",)

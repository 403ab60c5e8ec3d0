"""Workers outlive the program that started them.

## Why it matters
When a program is killed hard, its idle workers notice within five seconds; one that is stuck while it reads a
sample does not look, and keeps memory, files and the GPU.

## What to do
End the whole process group; bound input and output inside `__getitem__` by timeouts.

## References
- https://github.com/pytorch/pytorch/issues/1085
- https://github.com/pytorch/pytorch/issues/5736
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.INFO
SIGNATURES = ()

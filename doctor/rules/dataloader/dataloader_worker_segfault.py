"""A DataLoader worker crashed in native code.

## Why it matters
"killed by signal: Segmentation fault" means that a library the worker uses (an image or video decoder, a second OpenMP
runtime, a wheel built against another NumPy) accessed memory that it must not. The main process only sees that the
worker is gone.

## What to do
Run once with `num_workers=0` under `python -X faulthandler`: the traceback names the call.

## References
- https://docs.pytorch.org/docs/stable/data.html
- https://docs.python.org/3/library/faulthandler.html
"""

from __future__ import annotations

from doctor.model import Severity

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"DataLoader worker.{0,40} is killed by signal: (?:Segmentation fault|Aborted|Illegal instruction|Floating point)",
    r"Unexpected (?:segmentation fault|floating-point exception) encountered in worker",
)
EXPLAINS = ("dataloader-worker-exited", "native-crash")

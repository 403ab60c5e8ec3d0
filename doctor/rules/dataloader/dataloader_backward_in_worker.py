"""Worker code computes gradients with backward().

## Why it matters
The threads that autograd starts in the main process do not exist in a forked worker: "Unable to handle autograd's
threading in combination with fork-based multiprocessing". CPU-only builds do not show it.

## What to do
Move gradient work out of the dataset, or start workers with `multiprocessing_context="spawn"`.

## References
- https://github.com/pytorch/pytorch/wiki/Autograd-and-Fork
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import FORK, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "Worker code ({role}) runs backward(), which fails in a forked worker once the main process has used autograd"
SIGNATURES = (r"Unable to handle autograd's threading in combination with fork",)


def lint(module: ModuleView) -> Iterator[Spot]:
    for function, code in module.worker_code.items():
        severity = graded(code.workers, SEVERITY)
        for call in module.calls(".backward", "torch.autograd.grad", within=function):
            if severity is not None:
                yield Spot(call, {"role": code.role}, under=FORK, loader=code.loader, severity=severity)

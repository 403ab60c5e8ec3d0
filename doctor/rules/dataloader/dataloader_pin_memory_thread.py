"""Pinned memory together with the file_system sharing strategy.

## Why it matters
The thread that pins batches opens shared files by name. With the file_system strategy those can be gone when it
comes to them: "unable to open shared memory object", then "Pin memory thread exited unexpectedly".

## What to do
Keep the file_descriptor strategy and raise the limit of open files (`ulimit -n`); look at the workers' stderr for
the first error.

## References
- https://docs.pytorch.org/docs/stable/multiprocessing.html#sharing-strategies
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "pin_memory=True with the file_system sharing strategy: the pinning thread can lose its files ({workers})"
SIGNATURES = (r"Pin memory thread exited unexpectedly",)


def lint(module: ModuleView) -> Iterator[Spot]:
    shared = [c for c in module.calls(".set_sharing_strategy") if _file_system(module, c)]
    for loader in module.loaders if shared else ():
        severity = graded(loader.workers, SEVERITY)
        if loader.constant("pin_memory") is True and severity is not None:
            values = {"workers": loader.workers.described}
            yield Spot(loader.node, values, platforms=("linux",), severity=severity)


def _file_system(module: ModuleView, call: ast.Call) -> bool:
    return "file_system" in module.evaluator.strings(call.args[0] if call.args else None)

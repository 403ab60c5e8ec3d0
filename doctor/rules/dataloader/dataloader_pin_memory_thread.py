"""The thread that copies batches into pinned memory died, and the message does not say why.

## Why it matters
The main process only notices that the thread is gone. Its own error is further up: CUDA failed, memory could not be
locked, or the file of a batch was gone when the thread tried to open it. The latter happens with the file_system
sharing strategy, which shares batches by name.

## What to do
Look for the first error in the output. Run once with `pin_memory=False`: what still fails has nothing to do with
pinning. On Linux keep the default sharing strategy, file_descriptor.

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
SIGNATURES = (r"Pin memory thread\s{1,3}exited unexpectedly", r"Exception in thread .{0,40}_pin_memory_loop\b")


def lint(module: ModuleView) -> Iterator[Spot]:
    shared = [c for c in module.calls(".set_sharing_strategy") if _file_system(module, c)]
    for loader in module.loaders if shared else ():
        severity = graded(loader.workers, SEVERITY)
        if loader.constant("pin_memory") is True and severity is not None:
            values = {"workers": loader.workers.described}
            yield Spot(loader.node, values, platforms=("linux",), severity=severity)


def _file_system(module: ModuleView, call: ast.Call) -> bool:
    return "file_system" in module.evaluator.strings(call.args[0] if call.args else None)

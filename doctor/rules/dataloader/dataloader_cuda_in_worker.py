"""Workers create CUDA tensors, which must then be sent between processes.

## Why it matters
Workers that are not forked can use CUDA, but a GPU tensor can only be handed over while the process that created it is
alive, and not at all on Windows: "Cannot pickle CUDA storage", "Producer process has been terminated before all shared
CUDA tensors released". Each worker also holds its own CUDA context, which takes a few hundred megabytes of GPU memory.

## What to do
Return CPU tensors from the dataset and the collate function, and move the batch in the training loop.

## References
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
- https://docs.pytorch.org/docs/stable/notes/windows.html#cuda-ipc-operations
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._devices import device_uses
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "Worker code ({role}) creates CUDA tensors, which cannot safely leave the worker ({workers})"
SIGNATURES = (
    r"Cannot pickle CUDA storage",
    r"operation not supported at \S{1,200}StorageSharing\.cpp",
    r"Producer process has been terminated before all shared CUDA tensors released|\bCudaIPCTypes\.cpp:\d",
    r"allocated with expandable_segments:True cannot be shared between processes",
)
EXPLAINS = ("cuda-operation-not-supported",)


def lint(module: ModuleView) -> Iterator[Spot]:
    if module.forks:  # fork-after-cuda-init says it
        return
    for call, code in device_uses(module, "cuda"):
        severity = graded(code.workers, SEVERITY)
        if severity is not None:
            values = {"role": code.role, "workers": code.workers.described}
            yield Spot(call, values, under=SPAWN, loader=code.loader, severity=severity, portable=False)

"""pin_memory is set where no accelerator can use it.

## Why it matters
Page-locked memory only speeds up copies to a discrete device. Without one torch warns and does nothing: "'pin_memory'
argument is set as true but no accelerator is found"; on Apple's MPS it is not supported. `pin_memory_device` is
deprecated: the current accelerator is used.

## What to do
Pass `pin_memory=torch.accelerator.is_available()`, and drop `pin_memory_device`. If the machine has a GPU, find out why
torch does not see it: a CPU-only build is the usual reason.

## References
- https://docs.pytorch.org/docs/stable/data.html#memory-pinning
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
IS_NOTICE = True
MESSAGE = "pin_memory=True has no effect here: {why}"
DEVICE = "pin_memory_device is deprecated and ignored: the current accelerator is used"
SIGNATURES = (
    r"'pin_memory' argument is set as true but (?:no accelerator is found|not supported on MPS)",
    r"pin_memory_device is deprecated",
    r"pin_memory\(.{0,80}Cannot access accelerator device when none|Need to provide pin_memory allocator",
    r"pin_memory=True requires a CUDA or other accelerator backend",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    used_here = {loader for iteration in module.iterations for loader in iteration.loaders}
    for loader in module.loaders:
        for _ in loader.given("pin_memory_device"):
            yield Spot(loader.node, message=DEVICE)
        if loader.constant("pin_memory") is not True or loader not in used_here:
            continue
        if module.platforms == ("macos",):
            yield Spot(loader.node, {"why": "the MPS device does not support it"})
        elif not module.mentions("cuda", "accelerator", "xpu", "npu", "Trainer", "Fabric", "Accelerator", "gpu"):
            yield Spot(loader.node, {"why": "the script never uses an accelerator"})

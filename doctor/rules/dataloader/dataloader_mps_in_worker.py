"""Workers handle tensors on Apple's MPS device.

## Why it matters
Batches leave a worker through shared memory, which only holds CPU tensors: "_share_filename_: only available on
CPU".

## What to do
Keep the data on the CPU until the training loop moves the batch.

## References
- https://docs.pytorch.org/docs/stable/data.html
- https://github.com/pytorch/pytorch/issues/87688
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.facts import Host
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, not_there
from doctor.rules.dataloader._devices import device_uses
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "Worker code ({role}) uses the MPS device: its tensors cannot leave the worker ({workers})"
SIGNATURES = (r"_share_(?:filename|fd)_: only available on CPU",)


def check(host: Host) -> Answer:
    if host.os in ("linux", "windows"):
        return not_there("host.os", host.os, "macos")
    return cannot_tell("error.text")


def lint(module: ModuleView) -> Iterator[Spot]:
    for call, code in device_uses(module, "mps"):
        severity = graded(code.workers, SEVERITY)
        if severity is not None:
            values = {"role": code.role, "workers": code.workers.described}
            yield Spot(call, values, platforms=("macos",), loader=code.loader, severity=severity)

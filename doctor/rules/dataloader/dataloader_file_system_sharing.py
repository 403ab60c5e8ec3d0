"""The file_system sharing strategy can leak shared memory.

## Why it matters
Its segments have names under `/dev/shm`. A process that is killed leaves them there until the next boot, and a name can
vanish while a batch is in transit. The default, file_descriptor, has neither problem.

## What to do
Keep file_descriptor and raise the limit of open files (`ulimit -n 65535`); use file_system as a last resort. On macOS
and Windows there is no choice and nothing to do.

## References
- https://docs.pytorch.org/docs/stable/multiprocessing.html#sharing-strategies
- https://github.com/pytorch/pytorch/issues/28345
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "The file_system sharing strategy leaves shared memory behind when a process is killed"
SIGNATURES = (
    r"unable to open shared memory object </?torch_(?!.{0,80}Too many open files)",
    r"torch_shm_manager|file_system\b.{0,200}/dev/shm/torch_",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    for call in module.calls(".set_sharing_strategy"):
        if "file_system" in module.evaluator.strings(call.args[0] if call.args else None):
            yield Spot(call, platforms=("linux",))

"""persistent_workers is given without workers.

## Why it matters
There is nothing to keep alive with `num_workers=0`, and the constructor refuses it: "persistent_workers option needs
num_workers > 0". It often appears when the number of workers comes from a flag that is set to 0.

## What to do
Pass `persistent_workers=num_workers > 0`.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._arguments import needs_workers
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "persistent_workers=True is only allowed with workers ({workers}): the constructor raises ValueError"
SIGNATURES = (r"persistent_workers option needs num_workers > 0",)


def lint(module: ModuleView) -> Iterator[Spot]:
    yield from needs_workers(module, "persistent_workers", bool)

"""prefetch_factor is 0 or negative.

## Why it matters
With workers the constructor accepts 0, and the first iteration fails with "prefetch_factor must be greater than 0".
Negative values are rejected at once.

## What to do
Use 1 or more; 2 is the default.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._arguments import numbers
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "prefetch_factor={value}: it must be 1 or more"
SIGNATURES = (
    r"prefetch_factor must be greater than 0|assert self\._prefetch_factor > 0",
    r"prefetch_factor option should be non-negative",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    for loader, value in numbers(module, "prefetch_factor"):
        if value < 1 and not loader.workers.never:
            yield Spot(loader.node, {"value": value})

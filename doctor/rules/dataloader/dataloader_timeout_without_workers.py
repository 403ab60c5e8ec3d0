"""timeout is given without workers, or is negative.

## Why it matters
Without workers there is nothing to wait for. The constructor accepts the argument, and the first iteration fails with
"_SingleProcessDataLoaderIter requires timeout == 0". A negative timeout is rejected at once.

## What to do
Set `timeout` only together with workers.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._arguments import needs_workers, numbers
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "timeout is only allowed with workers ({workers}): the first iteration raises AssertionError"
NEGATIVE = "timeout={value} is negative: the constructor raises ValueError"
SIGNATURES = (
    r"_SingleProcessDataLoaderIter requires timeout == 0|assert self\._timeout == 0",
    r"timeout option should be non-negative",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    for loader, value in numbers(module, "timeout"):
        if value < 0:
            yield Spot(loader.node, {"value": value}, message=NEGATIVE)
    yield from needs_workers(module, "timeout", lambda value: isinstance(value, int | float) and value > 0)

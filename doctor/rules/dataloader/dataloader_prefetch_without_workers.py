"""prefetch_factor is given without workers.

## Why it matters
`prefetch_factor` says how many batches each worker loads ahead. With `num_workers=0` the constructor rejects it; this
often shows only when somebody sets the number of workers to 0 to find another error.

## What to do
Pass it only with workers: `prefetch_factor=2 if num_workers else None`.

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
MESSAGE = "prefetch_factor is only allowed with workers ({workers}): the constructor raises ValueError"
SIGNATURES = (r"prefetch_factor option could only be specified in multiprocessing",)


def lint(module: ModuleView) -> Iterator[Spot]:
    yield from needs_workers(module, "prefetch_factor", lambda value: value is not None)

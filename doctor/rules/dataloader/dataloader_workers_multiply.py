"""Workers of several loaders are alive at the same time.

## Why it matters
Workers exist per loader and per rank. With `persistent_workers=True` those of the training and the validation loader
are alive at the same time: 2 loaders x 8 workers x 4 ranks are 64 processes.

## What to do
Divide the processors by the number of ranks and of loaders that are alive at once; give the validation loader fewer
workers.

## References
- https://docs.pytorch.org/docs/stable/data.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "{count} loaders with persistent workers are alive at once: {total} worker processes{ranks}"
_RANKS = ("DistributedSampler", "init_process_group", "DistributedDataParallel")
_MANY = 8


def lint(module: ModuleView) -> Iterator[Spot]:
    kept = [x for x in module.loaders if x.truthy("persistent_workers") and x.workers.most]
    total = int(sum(x.workers.most for x in kept))
    ranked = module.mentions(*_RANKS)
    limit = module.cpus or _MANY
    if len(kept) > 1 and (total > limit or ranked):
        ranks = " for each rank" if ranked else ""
        yield Spot(kept[1].node, {"count": len(kept), "total": total, "ranks": ranks})

"""With in_order=False, batches arrive in the order in which they are finished.

## Why it matters
With workers, batches arrive in the order of completion, which differs from run to run; without workers the argument is
ignored. torch older than 2.6 does not know it.

## What to do
Keep the default, unless a few slow samples hold everything up and the order does not matter.

## References
- https://github.com/pytorch/pytorch/pull/141833
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "in_order=False {why}"


def lint(module: ModuleView) -> Iterator[Spot]:
    seeded = any(module.calls("torch.manual_seed", "torch.use_deterministic_algorithms", ".seed_everything"))
    for loader in module.loaders:
        if loader.constant("in_order") is not False:
            continue
        if loader.workers.never:
            yield Spot(loader.node, {"why": "has no effect without workers"})
        elif seeded:
            yield Spot(loader.node, {"why": "makes runs differ although the script sets a seed"})

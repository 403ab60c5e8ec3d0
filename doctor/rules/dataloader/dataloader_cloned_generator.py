"""A random generator stored on the dataset is copied into every worker.

## Why it matters
Each worker gets a copy in the same state, so all draw the same numbers; and without persistent workers each epoch
starts with the same copy again, without any message.

## What to do
Create the generator on first use in the worker, seeded from `torch.initial_seed()` or `get_worker_info().seed`.

## References
- https://docs.pytorch.org/docs/stable/notes/randomness.html#dataloader
- https://docs.pytorch.org/docs/stable/data.html#randomness-in-multi-process-data-loading
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._handles import used_in_workers
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = (
    "self.{attribute} ({name}) is copied into every worker: all draw the same numbers, again in every epoch ({workers})"
)
_GENERATORS = frozenset(
    {"numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.Generator", "random.Random"}
    | {"torch.Generator"}
)


def lint(module: ModuleView) -> Iterator[Spot]:
    for dataset in module.datasets:
        severity = graded(dataset.workers, SEVERITY)
        reseeded = any(x.given("worker_init_fn") for x in dataset.loaders)
        for target, value in module.state(dataset.node) if severity and not reseeded else ():
            name = _generator(module, value)
            if name and used_in_workers(module, dataset, target.attr):
                values = {"attribute": target.attr, "name": name, "workers": dataset.workers.described}
                yield Spot(target, values, severity=severity)


def _generator(module: ModuleView, value: ast.expr) -> str:
    """The constructor, also behind `.manual_seed(0)`."""
    while isinstance(value, ast.Call):
        if module.name(value.func) in _GENERATORS:
            return module.name(value.func)
        value = value.func.value if isinstance(value.func, ast.Attribute) else value.func
    return ""

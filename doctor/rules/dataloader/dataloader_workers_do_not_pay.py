"""Workers are used for a dataset that is already in memory.

## Why it matters
Handing a batch from a worker to the main process costs more than taking it from memory: 118,000 to 240,000 samples a
second without workers, 17,000 to 35,000 with one or more.

## What to do
Use `num_workers=0`, or index the tensors batch by batch.

## References
- https://docs.pytorch.org/docs/stable/data.html#single-process-data-loading
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "The dataset is a TensorDataset in memory: with {workers} it is slower than without workers"


def lint(module: ModuleView) -> Iterator[Spot]:
    for loader in module.loaders:
        dataset = loader.only("dataset")
        sources = list(module.evaluator.sources(dataset)) if dataset is not None else []
        in_memory = bool(sources) and all(_is_tensors(module, s) for s in sources)
        if in_memory and loader.workers.may and not loader.given("collate_fn"):
            yield Spot(loader.node, {"workers": loader.workers.described})


def _is_tensors(module: ModuleView, expr: ast.expr) -> bool:
    return isinstance(expr, ast.Call) and module.name(expr.func).endswith("data.TensorDataset")

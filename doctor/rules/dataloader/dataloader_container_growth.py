"""Python containers in the dataset make the memory of every forked worker grow.

## Why it matters
Looking at an object changes its reference count, so the memory page it lies on is copied. A list of two million strings
made each worker grow from 21 to 163 MB; a NumPy array did not grow at all.

## What to do
Keep metadata in NumPy arrays, tensors or Arrow tables, and texts in one long string with offsets.

## References
- https://github.com/pytorch/pytorch/issues/13246
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._handles import used_in_workers
from doctor.source.spots import FORK, Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "self.{attribute} holds Python objects from {name}(): with many, every forked worker grows ({workers})"
_SOURCES = (
    "json.load",
    "json.loads",
    "pickle.load",
    "yaml.safe_load",
    ".readlines",
    ".to_dict",
    ".tolist",
    ".iterrows",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    for dataset in module.datasets:
        for target, value in module.state(dataset.node) if dataset.workers.may else ():
            name = next((ast.unparse(c.func) for c in module.calls(*_SOURCES, within=value)), "")
            if name and used_in_workers(module, dataset, target.attr):
                values = {"attribute": target.attr, "name": name, "workers": dataset.workers.described}
                yield Spot(target, values, under=FORK)

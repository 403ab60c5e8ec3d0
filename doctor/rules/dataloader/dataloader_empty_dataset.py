"""The dataset is empty or has no length.

## Why it matters
With `shuffle=True` an empty dataset is rejected ("num_samples should be a positive integer value, but got
num_samples=0"); without it, the loop silently does nothing. A map-style dataset without `__len__` ends with "object of
type ... has no len()". Usually a path or a filter is wrong.

## What to do
Check the path first, and raise an error in the dataset's constructor if nothing is found. Define `__len__`.

## References
- https://docs.pytorch.org/docs/stable/data.html#map-style-datasets
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{what}: {error}"
SIGNATURES = (
    r"num_samples should be a positive integer value, but got.{0,4}num_samples=0|\bNo images found in ",
    r"object of type '\w{0,60}(?:[Dd]ata|[Ss]et|[Ss]tream|Iterable|Pipe)\w{0,60}' has no len\(\)",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    filled = {module.name(c.func.value) for c in module.index.calls if isinstance(c.func, ast.Attribute)} - {""}
    for loader in module.loaders:
        sampled = loader.given("sampler") or loader.given("batch_sampler") or loader.open
        dataset = loader.only("dataset")
        if dataset is None or sampled or loader.kind not in ("torch", "instance"):
            continue
        sources = list(module.evaluator.sources(dataset))
        empty = len(sources) == 1 and isinstance(sources[0], ast.List) and not sources[0].elts
        if empty and getattr(dataset, "id", "") not in filled and loader.constant("shuffle") is True:
            yield Spot(loader.node, {"what": "the dataset is empty", "error": "the constructor raises ValueError"})
    yield from _without_length(module)


def _without_length(module: ModuleView) -> Iterator[Spot]:
    for dataset in module.datasets:
        bases = [module.name(b) for b in dataset.node.bases]
        direct = bool(bases) and all(b == "torch.utils.data.Dataset" for b in bases)
        has_items = module.reach.method(dataset.node, "__getitem__")
        if dataset.iterable or not direct or not has_items or module.reach.method(dataset.node, "__len__"):
            continue
        for loader in dataset.loaders:
            sampled = loader.given("sampler") or loader.given("batch_sampler") or loader.open
            arguments = loader.only("dataset")
            if arguments is not None and not sampled and _is_instance(module, arguments, dataset.node):
                values = {"what": f"{dataset.node.name} has no __len__", "error": "the loader raises TypeError"}
                yield Spot(dataset.node, values)
                break


def _is_instance(module: ModuleView, expr: ast.expr, owner: ast.ClassDef) -> bool:
    calls = [s for s in module.evaluator.sources(expr) if isinstance(s, ast.Call)]
    return bool(calls) and all(module.reach.class_named(c.func) is owner for c in calls)

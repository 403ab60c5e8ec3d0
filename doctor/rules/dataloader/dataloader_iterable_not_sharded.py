"""Every worker iterates the whole IterableDataset.

## Why it matters
Each worker gets a full copy of an IterableDataset. If `__iter__` does not divide the stream, every sample is returned
once per worker: `range(4)` with two workers gives eight items, without any message.

## What to do
Divide the stream by `torch.utils.data.get_worker_info()` (and by rank), or in a `worker_init_fn`.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.IterableDataset
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.get_worker_info
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{owner}.__iter__ does not use get_worker_info(): every worker returns every sample ({workers})"
SIGNATURES = (
    r"Length of IterableDataset .{1,300} was reported to be \d+",
    r"Your `IterableDataset` has `__len__` defined\.",
)
_DIVIDES = ("worker_info", "worker", "shard", "rank", "split_by", "num_replicas", "islice_worker")
_ENDLESS = ("itertools.count", "itertools.cycle", "itertools.repeat")


def lint(module: ModuleView) -> Iterator[Spot]:
    for dataset in module.datasets:
        method = next((n for n in dataset.node.body if getattr(n, "name", "") == "__iter__"), None)
        severity = graded(dataset.workers, SEVERITY if _finite(module, method) else Severity.WARNING)
        if not dataset.iterable or method is None or severity is None:
            continue
        if any(x.given("worker_init_fn") for x in dataset.loaders) or _divides(module, dataset.node):
            continue
        if not _endless_and_random(module, method):
            values = {"owner": dataset.node.name, "workers": dataset.workers.described}
            yield Spot(method, values, severity=severity)


def _finite(module: ModuleView, method: ast.AST | None) -> bool:
    """Whether it visibly runs over something of its own; other libraries' streams may divide themselves."""
    own = ("range", "open", "csv.reader", "os.listdir", "glob.glob", "enumerate", "random.sample")
    return method is not None and (any(module.calls(*own, within=method)) or _yields_literals(method))


def _yields_literals(method: ast.AST) -> bool:
    return any(isinstance(n, ast.Yield) and isinstance(n.value, ast.Constant) for n in ast.walk(method))


def _divides(module: ModuleView, owner: ast.ClassDef) -> bool:
    """Anything in the class, or in what it calls, that tells workers apart."""
    functions = [n for n in ast.walk(owner) if n in module.worker_code and module.index.class_of(n) is owner]
    called = [t for f in functions for n in ast.walk(f) if isinstance(n, ast.Call) for t in module.reach.targets(n)]
    return any(_words(node) for node in (owner, *called))


def _words(node: ast.AST) -> bool:
    inside = list(ast.walk(node))
    names = {n.id for n in inside if isinstance(n, ast.Name)} | {n.attr for n in inside if isinstance(n, ast.Attribute)}
    return any(word in name for name in names for word in _DIVIDES)


def _endless_and_random(module: ModuleView, method: ast.AST) -> bool:
    """A stream without end that draws its samples: torch seeds the workers differently."""
    endless = any(isinstance(n, ast.While) and isinstance(n.test, ast.Constant) for n in ast.walk(method))
    endless = endless or any(module.calls(*_ENDLESS, within=method))
    return endless and any("rand" in module.name(c.func) or "choice" in module.name(c.func) for c in _calls(method))


def _calls(node: ast.AST) -> list[ast.Call]:
    return [n for n in ast.walk(node) if isinstance(n, ast.Call)]

"""The start method of multiprocessing is set more than once.

## Why it matters
`set_start_method` works only once in a program: "context has already been set". At module level without a guard it also
runs twice if it chooses spawn or forkserver, since each worker imports the script again.

## What to do
Call it once, under `if __name__ == "__main__":`; or pass `multiprocessing_context=` to the loader, which affects
nothing else.

## References
- https://docs.python.org/3/library/multiprocessing.html#multiprocessing.set_start_method
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "set_start_method {why}: RuntimeError, context has already been set"
SIGNATURES = (r"context has already been set",)


def lint(module: ModuleView) -> Iterator[Spot]:
    calls = [c for c in module.calls(".set_start_method") if not _harmless(module, c)]
    for call in calls:
        chosen = module.evaluator.strings(call.args[0] if call.args else None)
        guarded = not module.runs_at_import(call)
        starts = any(x.workers.may for x in module.loaders)
        if not guarded and starts and chosen & {"spawn", "forkserver"} and not module.is_notebook:
            yield Spot(call, {"why": "runs again in every worker, which imports the script"})
    for first, second in pairwise(calls):
        if module.index.function(first) is module.index.function(second) and not _alternative(module, second):
            yield Spot(second, {"why": f"was called on line {module.line(first)} already"})


def _harmless(module: ModuleView, call: ast.Call) -> bool:
    """Forced, or in a `try`."""
    forced = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "force")]
    node: ast.AST = call
    while node in module.index.parents:
        node = module.index.parents[node]
        if isinstance(node, ast.Try):
            return True
    return any(module.evaluator.constant(f) is True for f in forced)


def _alternative(module: ModuleView, call: ast.AST) -> bool:
    """Under an `if` that may rule the first call out."""
    return any(isinstance(n, ast.If) and n not in module.index.guards for n in _around(module, call))


def _around(module: ModuleView, node: ast.AST) -> Iterator[ast.AST]:
    while node in module.index.parents:
        node = module.index.parents[node]
        yield node

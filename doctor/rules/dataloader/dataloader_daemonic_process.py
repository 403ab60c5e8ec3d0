"""A loader with workers runs inside a daemonic process.

## Why it matters
The processes of `multiprocessing.Pool`, of Celery and of some tuning tools are daemonic, and daemonic processes must
not have children: "daemonic processes are not allowed to have children".

## What to do
Use `num_workers=0` there, or `concurrent.futures.ProcessPoolExecutor`, whose processes are not daemonic.

## References
- https://docs.python.org/3/library/multiprocessing.html#multiprocessing.Process.daemon
- https://github.com/pytorch/pytorch/issues/14390
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = (
    "{name}() iterates a loader with workers ({workers}) in a daemonic process, which is not allowed to have children"
)
SIGNATURES = (r"daemonic processes are not allowed to have children",)
_POOL_METHODS = ("map", "imap", "imap_unordered", "apply", "apply_async", "map_async", "starmap", "starmap_async")


def lint(module: ModuleView) -> Iterator[Spot]:
    iterating = _iterating(module)
    for call in module.index.calls:
        for target in _daemonic_targets(module, call):
            for function in module.index.functions.get(target.id, ()):
                loader = iterating.get(function)
                if loader is not None:
                    values = {"name": target.id, "workers": loader.workers.described}
                    yield Spot(call, values, loader=loader)


def _iterating(module: ModuleView) -> dict[ast.AST, Loader]:
    """Functions that iterate a loader with workers, themselves or through what they call."""
    found: dict[ast.AST, Loader] = {}
    for iteration in module.iterations:
        loader = next((x for x in iteration.loaders if x.workers.may), None)
        function: ast.AST | None = module.index.function(iteration.node)
        work = [function] if loader and function else []
        while work:
            current = work.pop()
            if current not in found and loader is not None:
                found[current] = loader
                callers = module.reach.callers.get(current, ())  # type: ignore[call-overload]  # keys are functions
                work += [f for f in (module.index.function(c) for c in callers) if f is not None]
    return found


def _daemonic_targets(module: ModuleView, call: ast.Call) -> list[ast.Name]:
    given = {k.arg: k.value for k in call.keywords}
    name = module.name(call.func)
    if name.endswith(".Process"):
        daemon = module.evaluator.constant(given.get("daemon")) is True
        return [t for t in (given.get("target"),) if daemon and isinstance(t, ast.Name)]
    if isinstance(call.func, ast.Attribute) and call.func.attr in _POOL_METHODS and _is_pool(module, call.func.value):
        return [a for a in call.args[:1] if isinstance(a, ast.Name)]
    return []


def _is_pool(module: ModuleView, expr: ast.expr) -> bool:
    made: list[ast.expr] = [expr]
    if isinstance(expr, ast.Name):
        made = [b.value for b in module.index.lookup(expr.id, module.index.scope(expr))]
    names = [module.name(m.func) for m in made if isinstance(m, ast.Call)]
    return any(n.endswith("multiprocessing.Pool") for n in names)

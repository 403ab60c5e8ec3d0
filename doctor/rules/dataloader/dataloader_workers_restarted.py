"""Workers are restarted in every epoch.

## Why it matters
A worker that is not forked imports torch again: this took 3 to 4 seconds per epoch for two workers and 17 for eight on
two processors; with `persistent_workers=True` it happens only once (later epochs: 0.02 s). Forked workers take 0.1 s.

## What to do
Use `persistent_workers=True`, and create the loader once, before the loop over epochs.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
- https://github.com/pytorch/pytorch/issues/12831
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import SPAWN, Spot

if TYPE_CHECKING:
    from doctor.source.flow import Iteration
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "The loader on line {made} ({workers}) starts its workers again {when}; persistent_workers=True keeps them"
AGAIN = "The loader and its workers are recreated in every round of the loop on line {loop} ({workers})"


def lint(module: ModuleView) -> Iterator[Spot]:
    reported = set()
    for iteration in module.iterations:
        for loader in iteration.loaders:
            own = loader.kind in ("torch", "instance", "wrapper") and loader.workers.may
            if not own or loader.node in reported or loader.given("persistent_workers") or loader.open:
                continue
            loop = _round(module, iteration)
            if loop is None:
                continue
            reported.add(loader.node)
            inside = loop in module.index.around(loader.node)
            values = {"made": module.line(loader.node), "workers": loader.workers.described}
            values |= {"when": f"in every round of the loop on line {module.line(loop)}", "loop": module.line(loop)}
            message, severity = (AGAIN, Severity.WARNING) if inside else ("", None)
            yield Spot(
                loader.node, values, under=SPAWN, loader=loader, severity=severity, message=message, portable=False
            )


def _round(module: ModuleView, iteration: Iteration) -> ast.For | ast.While | None:
    """The loop over epochs around an iteration, or around the call of the function it stands in."""
    loop = _loop_around(module, iteration.node, 1 if not iteration.by else 0)
    if loop is not None:
        return loop
    function = module.index.function(iteration.node)
    calls = module.reach.callers.get(function, ()) if function else ()
    return next((found for found in (_loop_around(module, c, 0) for c in calls) if found), None)


def _loop_around(module: ModuleView, node: ast.AST, skip: int) -> ast.For | ast.While | None:
    """The nearest loop over `range(…)` in the same function, the loop that iterates the loader itself left out."""
    function = module.index.function(node)
    while node in module.index.parents:
        node = module.index.parents[node]
        if node is function:
            return None
        if isinstance(node, ast.For) and _counts(module, node):
            return node
    return None


def _counts(module: ModuleView, loop: ast.For) -> bool:
    """`range(…)`, also as `tqdm(range(…))`."""
    iterable: ast.expr | None = loop.iter
    while isinstance(iterable, ast.Call):
        name = module.name(iterable.func)
        if name in ("range", "trange", "tqdm.trange", "itertools.count"):
            return True
        wraps = iterable.args and name.rpartition(".")[2] in ("tqdm", "track", "enumerate")
        iterable = iterable.args[0] if wraps else None
    return False

"""A custom exception loses its type on the way out of a worker.

## Why it matters
The main process rebuilds a worker's exception from one string. A class whose constructor needs several arguments cannot
be rebuilt like that, and arrives as a RuntimeError: an `except MyError` around the loop never matches.

## What to do
Give the class a constructor that accepts a single message; run once with `num_workers=0` to see the real exception, or
read the part after "Original Traceback".

## References
- https://docs.pytorch.org/docs/stable/data.html
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
MESSAGE = "{name} needs several arguments: raised in a worker, it arrives as a RuntimeError ({workers})"


def lint(module: ModuleView) -> Iterator[Spot]:
    for function, code in module.worker_code.items():
        for node in ast.walk(function):
            raised = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(raised, ast.Call) and code.workers.may and _several(module, raised):
                values = {"name": module.name(raised.func), "workers": code.workers.described}
                yield Spot(node, values, loader=code.loader)


def _several(module: ModuleView, raised: ast.Call) -> bool:
    for owner in module.index.classes.get(module.name(raised.func), ()):
        init = module.reach.method(owner, "__init__")
        if init is not None:
            return len(init.args.args) - 1 - len(init.args.defaults) > 1
    return False

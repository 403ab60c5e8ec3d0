"""A loader with workers is iterated in a thread.

## Why it matters
Outside the main thread torch cannot watch for dead workers with a signal: one that dies is only noticed when a wait of
some seconds ends. (On Windows this is always so.)

## What to do
Set a `timeout`, or iterate in the main thread.

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
MESSAGE = "{name}() iterates a loader with workers in a thread: a dead worker is noticed late ({workers})"


def lint(module: ModuleView) -> Iterator[Spot]:
    iterating = {
        getattr(module.index.function(i.node), "name", ""): x
        for i in module.iterations
        for x in i.loaders
        if x.workers.may
    }
    for call in module.calls("threading.Thread", ".submit"):
        given = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "target")]
        for target in given:
            loader = iterating.get(target.id) if isinstance(target, ast.Name) else None
            if loader is not None and isinstance(target, ast.Name):
                yield Spot(call, {"name": target.id, "workers": loader.workers.described}, loader=loader)

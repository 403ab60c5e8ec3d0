"""A class or function that workers need is defined under the main guard.

## Why it matters
A worker that is not forked imports the script under another name, so nothing below `if __name__ == "__main__":` exists
there: "Can't get attribute 'G' on <module '__mp_main__'>". It often happens when a missing guard is fixed by indenting
the whole file.

## What to do
Define classes and functions at the top level; keep only the call that starts the program under the guard.

## References
- https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
- https://github.com/pytorch/pytorch/issues/87016
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = (
    "`{name}` is defined under the main guard and goes to workers with {role} of the loader on line {made} ({workers}):"
    " it does not exist in a worker that imports the script"
)
SIGNATURES = (r"Can't get attribute '[^']+' on <module '__mp_main__'",)
EXPLAINS = ("dataloader-worker-exited", "dataloader-windows-broken-pipe")


def lint(module: ModuleView) -> Iterator[Spot]:
    reported = set()
    for loader in module.loaders:
        severity = graded(loader.workers, SEVERITY)
        for role, part in module.held(loader) if severity else ():
            is_definition = isinstance(part, ast.FunctionDef | ast.ClassDef) and not module.reach.local(part)
            if not is_definition or part in reported or not module.index.guarded(part):
                continue
            reported.add(part)
            made, workers = module.line(loader.node), loader.workers.described
            values = {"name": getattr(part, "name", ""), "role": role, "made": made, "workers": workers}
            yield Spot(part, values, under=SPAWN, loader=loader, severity=severity)

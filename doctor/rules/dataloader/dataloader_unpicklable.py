"""Something that cannot be pickled is passed to DataLoader workers.

## Why it matters
Workers that are not forked get the dataset, `collate_fn`, `worker_init_fn` and everything these hold as pickles. A
lambda, a function or class defined inside a function has no name that another process could import: "Can't pickle local
object", "Can't get local object" (Python 3.13), "Can't pickle <function <lambda>>". It runs where workers are forked
and fails on Windows, on macOS and on Linux with Python 3.14.

## What to do
Define the function or class at the top level of a module; bind arguments with `functools.partial`, or write a small
class with `__call__`.

## References
- https://docs.pytorch.org/docs/stable/data.html#platform-specific-behaviors
- https://docs.python.org/3/library/pickle.html#what-can-be-pickled-and-unpickled
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
MESSAGE = "{what} cannot be pickled, but workers get it with {role} of the loader on line {made} ({workers})"
STORED = (
    "{what} cannot be pickled, but instances of the dataset class {owner} hold it: workers that are not forked fail"
)
SIGNATURES = (
    r"Can't (?:pickle|get) local object",
    r"Can't pickle <(?:function|class|built-in)",
    r"Got pickle error when attempting to start a worker Process",
    r"PicklingError: Can't pickle",
    r"attribute lookup .{1,80} on .{1,80} failed",
    r"[Cc]an(?:no|')t pickle '?[\w<]|(?:objects|instances) cannot be pickled",
    r"no default __reduce__ due to non-trivial __cinit__|cannot be converted to a Python object for pickling",
    r"object proxy must define __reduce(?:_ex)?__\(\)",
)
EXPLAINS = (
    "dataloader-windows-broken-pipe",
    "dataloader-open-handle",
    "dataloader-worker-exited",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    reported: set[ast.AST] = set()
    for loader in sorted(module.loaders, key=lambda x: not x.workers.may):
        severity = graded(loader.workers, SEVERITY)
        for role, part in module.held(loader) if severity else ():
            what = _unpicklable(module, part)
            if what and part not in reported:
                reported.add(part)
                described = loader.workers.described
                made = module.line(loader.node)
                values = {"what": what, "role": role, "made": made, "workers": described}
                yield Spot(part, values, under=SPAWN, loader=loader, severity=severity)
    yield from _stored(module, reported)


def _stored(module: ModuleView, reported: set[ast.AST]) -> Iterator[Spot]:
    """Dataset classes whose loaders are in other files."""
    for dataset in module.datasets:
        for _, value in module.state(dataset.node) if not dataset.loaders else ():
            for part in module.parts(value):
                what = _unpicklable(module, part)
                if what and part not in reported:
                    reported.add(part)
                    values = {"what": what, "owner": dataset.node.name}
                    yield Spot(part, values, under=SPAWN, severity=Severity.WARNING, message=STORED)


def _unpicklable(module: ModuleView, part: ast.AST) -> str:
    if isinstance(part, ast.Lambda):
        return "a lambda"
    if isinstance(part, ast.FunctionDef | ast.ClassDef) and module.reach.local(part):
        kind = "class" if isinstance(part, ast.ClassDef) else "function"
        is_method = isinstance(module.index.scope(part), ast.ClassDef)
        return "" if is_method else f"the {kind} `{part.name}`, defined inside a function,"
    return ""

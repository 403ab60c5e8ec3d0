"""A class or function from a notebook or prompt is passed to workers that are not forked.

## Why it matters
A worker that is not forked imports the main module to find the classes it is sent. A notebook, a prompt and a script
read from standard input cannot be imported: "Can't get attribute 'DS' on <module '__main__' (built-in)>", and the
parent reports that the worker exited unexpectedly. Windows and macOS always work this way, Linux does from Python 3.14
on.

## What to do
Move the dataset class, the collate function and transforms into a `.py` file next to the notebook and import them, or
use `num_workers=0` in the notebook.

## References
- https://docs.pytorch.org/docs/stable/data.html#platform-specific-behaviors
- https://github.com/pytorch/pytorch/issues/51344
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.facts import Python
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{what} is defined in the notebook and passed to workers ({workers}), which cannot import it"
KERNEL = (
    "A Jupyter kernel runs from this environment, and workers start with {method} here: classes and functions"
    " defined in a notebook cannot be passed to them"
)
SIGNATURES = (
    r"Can't get attribute '[^']+' on <module '__main__' \((?:built-in\)|<class '_frozen_importlib\.Builtin)",
    r"(?:No such file or directory|Invalid argument): '[^']*<(?:stdin|string|ipython-input)[^']*'",
)
EXPLAINS = ("dataloader-worker-exited", "dataloader-windows-broken-pipe")


def check(python: Python) -> Answer:
    """Nothing here clears it: a program may choose its start method, and any Python can be a prompt."""
    if not python.jupyter or python.start_method not in ("spawn", "forkserver"):
        return cannot_tell("error.text" if python.start_method else "python.start_method")
    return there(
        seen("python.start_method", python.start_method, "fork, or classes in a module of their own"),
        severity=Severity.INFO,
        message=KERNEL,
        method=python.start_method,
    )


def lint(module: ModuleView) -> Iterator[Spot]:
    if not module.is_notebook:
        return
    reported = set()
    for loader in module.loaders:
        severity = graded(loader.workers, SEVERITY)
        for _, part in module.held(loader):
            is_definition = isinstance(part, ast.FunctionDef | ast.ClassDef) and not module.reach.local(part)
            if severity is None or not is_definition or part in reported:
                continue
            reported.add(part)
            what = f"`{getattr(part, 'name', '')}`"
            values = {"what": what, "workers": loader.workers.described}
            yield Spot(part, values, under=SPAWN, loader=loader, severity=severity)

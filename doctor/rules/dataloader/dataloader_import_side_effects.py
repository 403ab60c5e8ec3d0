"""Every worker repeats heavy work at module level.

## Why it matters
A worker that is not forked imports the script again: whatever is at module level (downloads, models, big files, GPU
use) happens once more in each worker, which takes time and may exhaust the memory.

## What to do
Move the work into `main()`, under the guard, or into the dataset.

## References
- https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
- https://docs.pytorch.org/docs/stable/notes/windows.html
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import SPAWN, Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "{name}() at module level runs again in every worker that is not forked ({workers})"
_HEAVY = (
    ".from_pretrained",
    "pandas.read_csv",
    "pandas.read_parquet",
    "torch.load",
    "numpy.load",
    "torch.hub.load",
    ".cuda",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    started = [x for i in module.iterations if not module.runs_at_import(i.node) for x in i.loaders if x.workers.may]
    if not started or module.is_notebook:
        return
    for call in (*module.calls(*_HEAVY), *_downloads(module)):
        if module.runs_at_import(call):
            values = {"name": ast.unparse(call.func), "workers": started[0].workers.described}
            yield Spot(call, values, under=SPAWN, loader=started[0], portable=False)


def _downloads(module: ModuleView) -> Iterator[ast.Call]:
    for call in module.index.calls:
        for keyword in call.keywords:
            if keyword.arg == "download" and module.evaluator.constant(keyword.value) is True:
                yield call

"""A dataset that holds its data is pickled and copied to every worker.

## Why it matters
Workers that are not forked each get a copy of everything the dataset holds, and without persistent workers again in
every epoch: two million strings took 315 MB per worker.

## What to do
Use `np.load(path, mmap_mode="r")` or memory-mapped Arrow files, and `persistent_workers=True`.

## References
- https://docs.pytorch.org/docs/stable/data.html#platform-specific-behaviors
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
MESSAGE = "self.{attribute} holds what {name}() loads: every worker that is not forked gets a pickled copy ({workers})"
SIGNATURES = (
    r"cannot serialize a (?:bytes object|string) larger than 4 ?GiB",
    r"struct\.pack\(['\"]!i['\"], n\) struct\.error: 'i' format requires",  # two lines of Python 3.7's pipe
)
_LOADS = ("numpy.load", "pandas.read_csv", "pandas.read_parquet", "pandas.read_pickle", "torch.load", "pickle.load")


def lint(module: ModuleView) -> Iterator[Spot]:
    for dataset in module.datasets:
        for target, value in module.state(dataset.node) if dataset.workers.may else ():
            loads = [
                c for c in module.calls(*_LOADS, within=value) if not any(k.arg == "mmap_mode" for k in c.keywords)
            ]
            if loads:
                name = ast.unparse(loads[0].func)
                values = {"attribute": target.attr, "name": name, "workers": dataset.workers.described}
                yield Spot(target, values, under=SPAWN, portable=False)

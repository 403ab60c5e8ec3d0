"""Worker code reads a global that is set only under the main guard or in main().

## Why it matters
A worker that is not forked imports the script without running what is under the guard, so the name does not exist
there: "NameError: name 'SCALE' is not defined", shown after "Caught NameError in DataLoader worker process 0".

## What to do
Pass the value to the dataset's constructor and read it from `self`; for a collate function use `functools.partial`.

## References
- https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._globals import global_reads, set_at_import
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "`{name}` is read in worker code ({workers}) but set only under the main guard or in a function it calls"
SIGNATURES = (r"Caught NameError in DataLoader worker process",)


def lint(module: ModuleView) -> Iterator[Spot]:
    if module.is_notebook:
        return
    reported = set()
    for name, read, code in global_reads(module):
        severity = graded(code.workers, SEVERITY)
        if severity is None or name in reported or not code.loaders or set_at_import(module, name):
            continue
        reported.add(name)
        values = {"name": name, "workers": code.workers.described}
        yield Spot(read, values, under=SPAWN, loader=code.loader, severity=severity)

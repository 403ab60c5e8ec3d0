"""A module-level value is changed at run time, and worker code reads it.

## Why it matters
A worker that is not forked imports the module afresh and sees the value from before the change. Settings updated from
the command line, patched functions, registered decoders and warning filters revert silently: in a test, a setting
changed under the guard gave samples 0, 10, 20 with fork and 0, 1, 2 with spawn, without any message.

## What to do
Keep settings on the dataset instance, or set them again in `worker_init_fn`.

## References
- https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._globals import changed_at_run_time, changes, global_reads, set_at_import
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = (
    "`{name}` is changed at run time on line {line}, and worker code reads it ({workers}): a worker that imports the"
    " script again sees the old value"
)


def lint(module: ModuleView) -> Iterator[Spot]:
    if module.is_notebook:
        return
    reported = set()
    found = changes(module)
    for name, read, code in global_reads(module):
        severity = graded(code.workers, SEVERITY)
        if severity is None or name in reported or not code.loaders or not set_at_import(module, name):
            continue
        changed = changed_at_run_time(module, name, found)
        if changed is not None:
            reported.add(name)
            values = {"name": name, "line": module.line(changed), "workers": code.workers.described}
            yield Spot(read, values, under=SPAWN, loader=code.loader, severity=severity)

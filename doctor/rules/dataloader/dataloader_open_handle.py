"""An open file, lock, generator or connection is stored on a dataset that is pickled for the workers.

## Why it matters
Handles of the operating system have no pickled form: "cannot pickle '_io.TextIOWrapper' object" ("cannot pickle
'TextIOWrapper' instances" from Python 3.12 on), "h5py objects cannot be pickled", "cannot pickle 'Environment' object"
(LMDB). Workers that are not forked get a pickled copy of the dataset, so the script fails on Windows, on macOS and on
Linux with Python 3.14. Where workers are forked they share the handle instead, which is worse: see
dataloader-shared-handle.

## What to do
Store the path, and open the file on first use in `__getitem__`, so that each worker has its own handle; drop it in
`__getstate__` when the dataset is also used in the main process.

## References
- https://docs.pytorch.org/docs/stable/data.html#multi-process-data-loading
- https://github.com/pytorch/vision/issues/689
- https://github.com/pytorch/pytorch/issues/11929
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.rules.dataloader._handles import stored_handles
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "self.{attribute} holds {what}, which cannot be pickled: {owner} cannot be passed to workers ({workers})"
SIGNATURES = (
    r"cannot pickle '(?:_io\.|_thread\.|sqlite3\.|mmap|generator|module|memoryview|Environment|socket|select\.)",
    r"cannot pickle '?\w+'? instances",
    r"can't pickle (?:_io\.|_thread\.|Environment|generator|module|SwigPyObject|.{0,40} objects)",
    r"h5py objects cannot be pickled",
)
EXPLAINS = ("dataloader-windows-broken-pipe",)


def lint(module: ModuleView) -> Iterator[Spot]:
    for dataset, target, handle in stored_handles(module):
        severity = graded(dataset.workers, SEVERITY)
        if severity is None:
            continue
        loader = dataset.loaders[0] if len(dataset.loaders) == 1 else None
        workers, owner = dataset.workers.described, dataset.node.name
        values = {"attribute": target.attr, "what": handle.what, "owner": owner, "workers": workers}
        yield Spot(target, values, under=SPAWN, loader=loader, severity=severity)

"""A program that is frozen for Windows starts workers without freeze_support().

## Why it matters
An executable made by PyInstaller or cx_Freeze runs itself again for every worker. Without `freeze_support()` each copy
starts the whole program, which again starts workers: the number of processes explodes.

## What to do
Call `multiprocessing.freeze_support()` as the first statement under `if __name__ == "__main__":`.

## References
- https://docs.python.org/3/library/multiprocessing.html#multiprocessing.freeze_support
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "The program can be frozen ({how}), but starts workers without multiprocessing.freeze_support() ({workers})"


def lint(module: ModuleView) -> Iterator[Spot]:
    how = next((w for w in ("_MEIPASS", "frozen", "PyInstaller", "cx_Freeze") if module.mentions(w)), "")
    is_frozen = how and (how != "frozen" or "sys" in module.index.modules)
    if not is_frozen or module.mentions("freeze_support"):
        return
    loader = next((x for x in module.loaders if x.workers.may), None)
    if loader is not None:
        yield Spot(loader.node, {"how": how, "workers": loader.workers.described}, platforms=("windows",))

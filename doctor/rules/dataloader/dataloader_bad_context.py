"""multiprocessing_context is not usable here.

## Why it matters
It needs workers, and a start method that the platform has: "fork" and "forkserver" do not exist on Windows. Anything
else raises ValueError or TypeError at construction.

## What to do
Choose it depending on the platform, or leave it out.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
- https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "multiprocessing_context={context!r}: {why}"
SIGNATURES = (
    r"multiprocessing_context can only be used with multi-process loading",
    r"multiprocessing_context option should (?:specify a valid start method|be a valid context object)",
    r"cannot find context for '(?:fork|forkserver)'",
)
_METHODS = ("fork", "spawn", "forkserver")


def lint(module: ModuleView) -> Iterator[Spot]:
    for loader in module.loaders:
        context = next(iter(loader.contexts)) if len(loader.contexts) == 1 else None
        if context is None:
            continue
        if context not in _METHODS:
            yield Spot(loader.node, {"context": context, "why": f"no start method ({', '.join(_METHODS)})"})
        elif loader.workers.never and "multiprocessing_context" not in loader.arguments.optional:
            yield Spot(loader.node, {"context": context, "why": "only allowed with workers (num_workers is 0)"})
        elif context != "spawn" and not module.mentions("platform", "name"):
            why = "does not exist on Windows"
            yield Spot(loader.node, {"context": context, "why": why}, platforms=("windows",))

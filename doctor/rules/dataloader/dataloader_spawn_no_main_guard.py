"""DataLoader workers are started while the main script is imported, without a main guard.

## Why it matters
A worker that is not forked imports the main script again. A loader iterated at module level then tries to start workers
inside the worker, and Python refuses: "An attempt has been made to start a new process before the current process has
finished its bootstrapping phase". This happens on Windows, on macOS, and on Linux from Python 3.14 on (forkserver);
where workers are forked the script runs, but it breaks on the next machine.

## What to do
Move the work of the script into a function, for instance `main()`, and call it under `if __name__ == "__main__":`. Keep
classes and functions outside the guard. `num_workers=0` works without a guard. `torch-doctor lint --fix SCRIPT` adds
the guard.

## References
- https://docs.pytorch.org/docs/stable/notes/windows.html#multiprocessing-error-without-if-clause-protection
- https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import SPAWN, Spot, graded

if TYPE_CHECKING:
    from doctor.source.flow import Iteration
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = (
    "Workers are started while the script is imported: the loader on line {made} ({workers}) is iterated on line"
    ' {iterated} without `if __name__ == "__main__":`'
)
ELSEWHERE = (
    "The loader on line {made} ({workers}) is handed to {by}() on line {iterated} while the script is imported, without"
    ' `if __name__ == "__main__":`'
)
FOREIGN = (
    "A loader that another file makes ({name}, line {made}) is iterated on line {iterated} while the script is"
    ' imported, without `if __name__ == "__main__":`; its num_workers is not known here'
)
SIGNATURES = (
    r"An attempt has been made to start a new process before",
    r"current process has finished its bootstrapping phase",
    r"forgotten to use the proper idiom|\"Safe importing of main module\"",
    r'The "freeze_support\(\)" line can be omitted',
)
EXPLAINS = ("dataloader-windows-broken-pipe", "dataloader-worker-exited")


def lint(module: ModuleView) -> Iterator[Spot]:
    if module.is_notebook:  # a kernel is no script: nothing imports it again
        return
    reported = set()
    for iteration in module.iterations:
        if not module.runs_at_import(iteration.node):
            continue
        for loader in iteration.loaders:
            severity = graded(loader.workers, Severity.ERROR if iteration.certain else Severity.WARNING)
            if severity is None or loader.node in reported:
                continue
            reported.add(loader.node)
            yield _spot(module, iteration, loader, severity)


def _spot(module: ModuleView, iteration: Iteration, loader: Loader, severity: Severity) -> Spot:
    message = ELSEWHERE if iteration.by else MESSAGE
    if loader.kind == "foreign" and not loader.workers.may:
        message = FOREIGN
    return Spot(
        module.reach.entry(iteration.node),
        {
            "made": module.line(loader.node),
            "iterated": module.line(iteration.node),
            "workers": loader.workers.described,
            "by": iteration.by,
            "name": loader.name.rpartition(".")[2],
        },
        under=SPAWN,
        loader=loader,
        severity=severity,
        message=message,
    )

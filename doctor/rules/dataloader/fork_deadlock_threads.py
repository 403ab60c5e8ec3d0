"""Workers are forked while threads of a library run, and may hang.

## Why it matters
Only the forking thread survives in a forked worker. A pool of OpenCV or OpenMP threads, or a lock held by another
thread, stays as it was forever, and the worker hangs in its first call. Python 3.12 and newer warn: "This process is
multi-threaded, use of fork() may lead to deadlocks in the child".

## What to do
Call `cv2.setNumThreads(0)` before the loop, start threads after the workers, or start workers with
`multiprocessing_context="forkserver"`.

## References
- https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
- https://github.com/pytorch/pytorch/issues/1355
- https://github.com/pytorch/pytorch/issues/1838
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import FORK, Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "{what} before workers are forked: the workers may hang ({workers})"
SIGNATURES = (
    r"(?i)possible deadlock in dataloader",
    r"is multi-threaded, use of fork\(\) may lead to deadlocks in the child",
    r"os\.fork\(\) is incompatible with multithreaded|fork\(\) called from a process already using GNU OpenMP"
    r"|Using fork\(\) can cause \w{1,20} to deadlock",
    r"(?i)(?:hang|freez|stuck|deadlock|卡).{0,200}cv2\.setNumThreads",
)
_OPENCV = "OpenCV is used in the main process (line {line}) and in workers, without cv2.setNumThreads(0),"
_THREADS = ("threading.Thread", "concurrent.futures.ThreadPoolExecutor", "multiprocessing.pool.ThreadPool")


def lint(module: ModuleView) -> Iterator[Spot]:
    used = [i for i in module.iterations if any(x.workers.may for x in i.loaders)]
    if not used:
        return
    yield from _opencv(module)
    for call in module.calls(*_THREADS):
        after = [i for i in used if module.line(i.node) > module.line(call) and _same_flow(module, call, i.node)]
        if after and call.lineno and module.index.function(call) not in module.worker_code:
            loader = next(x for x in after[0].loaders if x.workers.may)
            what = f"{module.name(call.func).rpartition('.')[2]} starts threads"
            yield Spot(call, {"what": what, "workers": loader.workers.described}, under=FORK, loader=loader)


def _same_flow(module: ModuleView, one: ast.AST, other: ast.AST) -> bool:
    return module.index.function(one) is module.index.function(other)


def _opencv(module: ModuleView) -> Iterator[Spot]:
    if any(module.calls("cv2.setNumThreads")):
        return
    calls = {c: c for c in module.index.calls if module.name(c.func).startswith("cv2.")}
    codes = {n: code for f, code in reversed(module.worker_code.items()) for n in ast.walk(f) if n in calls}
    inside = codes.keys()
    outside = [c for c in calls if c not in inside and _in_main_flow(module, c)]
    for call in sorted(inside, key=module.line)[:1] if outside else ():
        code = codes[call]
        if code.workers.may:
            what = _OPENCV.format(line=module.line(outside[0]))
            yield Spot(call, {"what": what, "workers": code.workers.described}, under=FORK, loader=code.loader)


def _in_main_flow(module: ModuleView, call: ast.Call) -> bool:
    """Run before the loop: at module level, or in the function that iterates a loader, above the loop."""
    for iteration in module.iterations:
        if module.line(call) < module.line(iteration.node) and _same_flow(module, call, iteration.node):
            return True
    return False

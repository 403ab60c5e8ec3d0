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
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import FORK, Spot

if TYPE_CHECKING:
    from doctor.source.flow import Iteration
    from doctor.source.syntax import Function
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "{what} before workers are forked: the workers may hang ({workers})"
SIGNATURES = (
    r"(?i)possible deadlock in dataloader",
    r"(?i)\b(?:hangs?|deadlocks?|stuck|freezes) (?:sometimes |always |forever )?with fork\b",
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
    flows = _by_flow(module, used)
    for call in module.calls(*_THREADS):
        flow = flows.get(module.index.function(call), [])
        place = bisect_right(flow, module.line(call), key=lambda one: module.line(one.node))
        if flow[place:] and call.lineno and module.index.function(call) not in module.worker_code:
            loader = next(x for x in flow[place].loaders if x.workers.may)
            what = f"{module.name(call.func).rpartition('.')[2]} starts threads"
            yield Spot(call, {"what": what, "workers": loader.workers.described}, under=FORK, loader=loader)


def _by_flow(module: ModuleView, iterations: Iterable[Iteration]) -> dict[Function | None, list[Iteration]]:
    """The loops of each function, and of the module, from top to bottom."""
    flows: dict[Function | None, list[Iteration]] = {}
    for one in sorted(iterations, key=lambda one: module.line(one.node)):
        flows.setdefault(module.index.function(one.node), []).append(one)
    return flows


def _opencv(module: ModuleView) -> Iterator[Spot]:
    if any(module.calls("cv2.setNumThreads")):
        return
    calls = {c: c for c in module.index.calls if module.name(c.func).startswith("cv2.")}
    codes = {n: code for f, code in reversed(module.worker_code.items()) for n in ast.walk(f) if n in calls}
    inside = codes.keys()
    # run before a loop: at module level, or in the function that iterates a loader
    last = {flow: module.line(loops[-1].node) for flow, loops in _by_flow(module, module.iterations).items()}
    outside = [c for c in calls if c not in inside and module.line(c) < last.get(module.index.function(c), 0)]
    for call in sorted(inside, key=module.line)[:1] if outside else ():
        code = codes[call]
        if code.workers.may:
            what = _OPENCV.format(line=module.line(outside[0]))
            yield Spot(call, {"what": what, "workers": code.workers.described}, under=FORK, loader=code.loader)

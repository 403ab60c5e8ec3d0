"""Workers outlive the program that started them.

## Why it matters
When a program is killed, its idle workers notice within five seconds; a worker that waits for a response while it reads
a sample does not, and keeps memory, files and the GPU. A request without a timeout may wait forever.

## What to do
Give requests inside `__getitem__` a timeout; end the whole process group of a program, not only its main process.

## References
- https://github.com/pytorch/pytorch/issues/1085
- https://github.com/pytorch/pytorch/issues/5736
- https://requests.readthedocs.io/en/latest/user/advanced/#timeouts
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = "Worker code ({role}) waits for {name}() without a timeout, and outlives a killed program for that long"
_REQUESTS = (
    *(f"requests.{method}" for method in ("get", "post", "put", "head", "request")),
    "urllib.request.urlopen",
    "urllib.request.urlretrieve",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    if any(module.calls("socket.setdefaulttimeout")):
        return
    for function, code in module.worker_code.items():
        severity = graded(code.workers, SEVERITY)
        for call in module.calls(*_REQUESTS, within=function) if severity else ():
            bounded = any(k.arg in ("timeout", None) for k in call.keywords) or len(call.args) > 2
            if not bounded:
                yield Spot(call, {"role": code.role, "name": module.name(call.func)}, severity=severity)

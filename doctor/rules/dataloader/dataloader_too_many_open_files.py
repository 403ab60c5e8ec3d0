"""Batches from workers use up the limit of open files.

## Why it matters
With the file_descriptor strategy each live tensor that came from a worker holds a descriptor. Code that keeps batches,
or a low limit, leads to "Too many open files. Communication with the workers is no longer possible" or "received 0
items of ancdata" (with a limit of 256, after 119 batches of two tensors).

## What to do
On Linux and macOS raise the soft limit before the run (`ulimit -n 65535`). Copy what you keep: `.clone()`, `.item()`.
As a last resort on Linux, call `torch.multiprocessing.set_sharing_strategy("file_system")`.

## References
- https://docs.pytorch.org/docs/stable/multiprocessing.html#file-descriptor-file-descriptor
- https://github.com/pytorch/pytorch/issues/973
- https://github.com/pytorch/pytorch/issues/41465
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.facts import Host, Storage
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, OpenFiles
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "Only {soft} files may be open at once; DataLoader workers need about {needed}"
KEPT = (
    "`{name}` comes from a worker and is kept in `{kept}` as it is: each tensor holds an open file until the limit is"
    " reached; keep a copy (.clone(), .item()) ({workers})"
)
SIGNATURES = (
    r"Too many open files\. Communication with the workers is no longer possible",
    r"received 0 items of ancdata",
    r"\[Errno 24\] Too many open files",
    r"^(?:OSError|RuntimeError): ?.{0,120}Too many open files",
    r"(?i)unable to open shared? memory object ?(?:</torch_\S{1,60}>|\w{1,20}) in read-write mode(?!:(?! ?Too many))",
)
EXPLAINS = (
    "dataloader-worker-exited",
    "dataloader-file-system-sharing",
    "dataloader-pin-memory-thread",
)
NEEDED = 1024
ENOUGH = 65535
COPY = "Keep copies (.clone(), .item()) instead of the tensors that came from workers"
_MACOS_NEEDED = 256  # macOS shares by file name


def check(host: Host, storage: Storage | None) -> Answer:
    if host.os == "windows":  # batches hold no files there
        return not_there("host.os", host.os)
    soft = storage.open_files_soft if storage else None
    if host.os is None or soft is None:
        return cannot_tell("storage.open_files_soft" if host.os else "host.os")
    if soft >= (_MACOS_NEEDED if host.os == "macos" else NEEDED):
        return cannot_tell("error.text")  # a program may keep any number of batches
    needed = seen("storage.open_files_soft", soft, f"{NEEDED} or more")
    return there(needed, severity=Severity.WARNING, soft=soft, needed=NEEDED)


def remedies(storage: Storage | None) -> tuple[Action, ...]:
    hard = storage.open_files_hard if storage else None
    low = hard is not None and hard < NEEDED
    wanted = ENOUGH if hard is None or low else min(hard, ENOUGH)
    raise_limit, copy = OpenFiles(wanted=wanted, hard=hard), Advice(title=COPY)
    return (copy, raise_limit) if low else (raise_limit, copy)


def lint(module: ModuleView) -> Iterator[Spot]:
    for iteration in module.iterations:
        loop = module.index.parents.get(iteration.node)
        if not isinstance(loop, ast.For) or iteration.by or not module.flow.is_direct(loop.iter):
            continue
        loader = next((x for x in iteration.loaders if x.workers.may), None)
        for call, name in _keeps(loop) if loader else ():
            assert isinstance(call.func, ast.Attribute) and loader is not None
            values = {"name": name, "kept": ast.unparse(call.func.value), "workers": loader.workers.described}
            yield Spot(call, values, platforms=("linux",), severity=Severity.WARNING, message=KEPT)


def _keeps(loop: ast.For) -> Iterator[tuple[ast.Call, str]]:
    """`kept.append(batch)` of the loop's own variables, nothing done to them."""
    batch = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
    enumerated = isinstance(loop.iter, ast.Call) and getattr(loop.iter.func, "id", "") == "enumerate"
    if enumerated and isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == 2:
        batch = {n.id for n in ast.walk(loop.target.elts[1]) if isinstance(n, ast.Name)}
    again = {t.id for s in ast.walk(loop) if isinstance(s, ast.Assign) for t in s.targets if isinstance(t, ast.Name)}
    for call in (n for n in ast.walk(loop) if isinstance(n, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "append" and len(call.args) == 1:
            kept = call.args[0]
            elements = kept.elts if isinstance(kept, ast.Tuple | ast.List) else [kept]
            for element in elements:
                inner = element.value if isinstance(element, ast.Subscript) else element
                if isinstance(inner, ast.Name) and inner.id in batch - again:
                    yield call, inner.id
                    break

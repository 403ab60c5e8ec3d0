"""CUDA is used in a forked DataLoader worker.

## Why it matters
A CUDA context does not survive a fork. If the main process has used the GPU, a forked worker that uses CUDA fails:
"Cannot re-initialize CUDA in forked subprocess", on older versions "CUDA error: initialization error". CUDA as the
default device or default tensor type does the same, since workers then create their tensors on the GPU.

## What to do
Keep the dataset, collate function and workers on the CPU; set `pin_memory=True` and move the batch in the training loop
with `non_blocking=True`. If a worker must use the GPU, start it with `multiprocessing_context="spawn"`.

## References
- https://docs.pytorch.org/docs/stable/notes/multiprocessing.html#poison-fork-in-multiprocessing
- https://github.com/pytorch/pytorch/issues/2517
- https://github.com/pytorch/pytorch/issues/21092
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.facts import Host
from doctor.model import Severity
from doctor.rules.api import Answer, cannot_tell, not_there
from doctor.rules.dataloader._devices import device_uses, is_device
from doctor.source.spots import FORK, Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "Worker code ({role}) uses CUDA: forked workers cannot, once the main process has used the GPU ({workers})"
DEFAULT = "CUDA is the default device, so the workers of the loader on line {made} create CUDA tensors ({workers})"
SIGNATURES = (
    r"Cannot re-initialize (?:CUDA|XPU) in forked subprocess",
    r"use CUDA with multiprocessing, you must use the 'spawn' start method",
    r"CUDA has been initialized before the `notebook_launcher`",
    r"CUDA error: initialization error",
    r"cuda runtime error \(3\) ?: initialization error",
)
_SETTERS = ("torch.set_default_tensor_type", "torch.set_default_device", "torch.set_default_dtype")


def check(host: Host) -> Answer:
    if host.os in ("windows", "macos"):  # the one does not fork, the other has no CUDA
        return not_there("host.os", host.os, "linux")
    return cannot_tell("error.text")


def lint(module: ModuleView) -> Iterator[Spot]:
    for call, code in device_uses(module, "cuda"):
        severity = graded(code.workers, Severity.WARNING if _only_sometimes(module, call) else SEVERITY)
        if severity is not None:
            values = {"role": code.role, "workers": code.workers.described}
            yield Spot(call, values, under=FORK, loader=code.loader, severity=severity)
    yield from _defaults(module)


def _only_sometimes(module: ModuleView, call: ast.AST) -> bool:
    """Under a condition of the function it stands in."""
    function = module.index.function(call)
    while call in module.index.parents and call is not function:
        call = module.index.parents[call]
        if isinstance(call, ast.If | ast.IfExp):
            return True
    return False


def _defaults(module: ModuleView) -> Iterator[Spot]:
    """`set_default_tensor_type("torch.cuda.FloatTensor")`, `set_default_device("cuda")`, and loaders with workers."""
    used = [x for x in module.loaders if not x.workers.never]
    if not used:
        return
    loader = min(used, key=lambda x: not x.workers.may)
    for call in module.calls(*_SETTERS):
        if call.args and _on_cuda(module, call.args[0]):
            values = {"made": module.line(loader.node), "workers": loader.workers.described}
            severity = graded(loader.workers, SEVERITY)
            yield Spot(call, values, under=FORK, loader=loader, severity=severity, message=DEFAULT)


def _on_cuda(module: ModuleView, expr: ast.expr) -> bool:
    if module.name(expr).startswith("torch.cuda.") or is_device(module, expr, "cuda"):
        return True
    return any(text.startswith("torch.cuda.") for text in module.evaluator.strings(expr))

"""Devices named in source: where worker code touches CUDA or MPS."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doctor.source.datasets import WorkerCode
    from doctor.source.view import ModuleView

_FACTORIES = (
    ".to", "torch.zeros", "torch.ones", "torch.empty", "torch.tensor", "torch.full", "torch.rand", "torch.randn",
    "torch.randint", "torch.arange", "torch.as_tensor", "torch.eye", "torch.linspace",
)  # fmt: skip
_CUDA_CALLS = (".cuda", "torch.cuda.FloatTensor", "torch.cuda.LongTensor", "torch.cuda.set_device")


def device_uses(module: ModuleView, device: str) -> Iterator[tuple[ast.Call, WorkerCode]]:
    """Calls in worker code that put tensors on a device ("cuda", "mps") or need its context."""
    reported = set()
    for function, code in module.worker_code.items():
        direct = module.calls(*_CUDA_CALLS, within=function) if device == "cuda" else ()
        named = (c for c in module.calls(*_FACTORIES, within=function) if names_device(module, c, device))
        for call in (*direct, *named):
            if call not in reported and not module.name(call.func).endswith("torch.cuda"):
                reported.add(call)
                yield call, code


def names_device(module: ModuleView, call: ast.Call, device: str) -> bool:
    """Whether an argument of a call is, or may be, that device."""
    moved = call.args[:1] if isinstance(call.func, ast.Attribute) and call.func.attr == "to" else []
    given = [*moved, *(k.value for k in call.keywords if k.arg == "device")]
    return any(is_device(module, g, device) for g in given)


def is_device(module: ModuleView, expr: ast.expr, device: str) -> bool:
    """ "cuda", "cuda:0", `torch.device("cuda")`, also as one way of a choice or through a variable."""
    for source in module.evaluator.sources(expr):
        if isinstance(source, ast.Call) and module.name(source.func) == "torch.device" and source.args:
            source = source.args[0]  # what the device is made of
        if any(text.partition(":")[0] == device for text in module.evaluator.strings(source)):
            return True
    return False

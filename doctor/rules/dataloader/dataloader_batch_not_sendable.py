"""Worker code returns something that cannot be sent back to the main process.

## Why it matters
A batch leaves the worker through a queue whose feeder thread pickles it. When that fails, the worker has already
reported success: the batch never arrives, and with the default `timeout=0` the main process waits forever. Only the
worker's stderr says "cannot pickle 'generator' object" or "Cowardly refusing to serialize non-leaf tensor which
requires_grad".

## What to do
Return plain tensors, arrays, numbers and containers of these; compute under `torch.no_grad()` or `detach()`. Set a
`timeout` while you look for the cause.

## References
- https://docs.pytorch.org/docs/stable/notes/multiprocessing.html
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.syntax import Function
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{what} is returned from worker code ({role}): it cannot be sent back, and the main process waits forever"
SIGNATURES = (
    r"Cowardly refusing to serialize non-leaf tensor",
    r"multiprocessing[/\\]queues\.py\", line \d{1,5}, in _feed\b",  # the thread that sends what a worker returns
)
UNLESS = (r"\b_share_(?:fd|filename)_cpu_\b",)  # it can be pickled: what fails is shared memory
EXPLAINS = ("dataloader-unpicklable", "dataloader-open-handle")
_WITHOUT_GRADIENT = ("torch.no_grad", "torch.inference_mode", ".detach", ".requires_grad_", ".numpy", ".item")
_WITHOUT_WEIGHTS = ("torch.nn.functional", "torch.nn.Parameter", "torch.nn.Sequential", "torch.nn.Module")
_MODEL = ("torch.nn.", "torchvision.models.", "timm.", "transformers.")


def lint(module: ModuleView) -> Iterator[Spot]:
    collates = {part for loader in module.loaders for role, part in module.held(loader) if role == "collate_fn"}
    for function, code in module.worker_code.items():
        if not _returns_batch(module, function, collates):
            continue
        severity = graded(code.workers, SEVERITY)
        for returned in _returned(module, function) if severity else ():
            what = _what(module, returned)
            if what:
                yield Spot(returned, {"what": what, "role": code.role}, loader=code.loader, severity=severity)
            model = "" if what else _with_gradient(module, function, returned)
            if model:  # it may have been frozen
                values = {"what": model, "role": code.role}
                yield Spot(returned, values, loader=code.loader, severity=Severity.WARNING)


def _returns_batch(module: ModuleView, function: Function, collates: set[ast.AST]) -> bool:
    """A batch leaves through the collate function; without one of its own, samples do."""
    if getattr(function, "name", "") in ("__getitem__", "__getitems__"):
        return not any(loader.given("collate_fn") for loader in module.worker_code[function].loaders)
    return function in collates


def _returned(module: ModuleView, function: Function) -> Iterator[ast.expr]:
    """Returned expressions, tuples, lists and dicts opened."""
    stack = list(module.reach.returned(function))
    while stack:
        expr = stack.pop()
        if isinstance(expr, ast.Tuple | ast.List):
            stack += expr.elts
        elif isinstance(expr, ast.Dict):
            stack += expr.values
        else:
            yield expr


def _what(module: ModuleView, returned: ast.expr) -> str:
    if isinstance(returned, ast.GeneratorExp):
        return "a generator"
    if isinstance(returned, ast.Lambda):
        return "a lambda"
    is_file = isinstance(returned, ast.Call) and module.name(returned.func) == "open"
    return "an open file" if is_file else ""


def _with_gradient(module: ModuleView, function: Function, returned: ast.expr) -> str:
    """The output of a model that the dataset holds, without no_grad() or detach()."""
    owner = module.index.class_of(function)
    if owner is None or any(module.calls(*_WITHOUT_GRADIENT, within=function)) or _decorated(module, function):
        return ""
    models = {t.attr for t, v in module.state(owner) if _is_model(module, v)}
    for source in module.evaluator.sources(returned):
        if isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute) and source.func.attr in models:
            return f"the output of self.{source.func.attr}(), which carries gradients,"
    return ""


def _decorated(module: ModuleView, function: Function) -> bool:
    return bool(getattr(function, "decorator_list", ()))


def _is_model(module: ModuleView, value: ast.expr) -> bool:
    if not isinstance(value, ast.Call):
        return False
    name = module.name(value.func)
    local = module.index.classes.get(name, [])
    bases = [module.name(b) for c in local for b in c.bases]
    is_module = name.startswith(_MODEL) and not name.startswith(_WITHOUT_WEIGHTS)
    return is_module or any(b.endswith("nn.Module") for b in bases)

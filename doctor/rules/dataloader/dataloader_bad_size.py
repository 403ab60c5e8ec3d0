"""num_workers or batch_size is not a usable number.

## Why it matters
`cpu_count() / 2` is a float: the constructor accepts it, the first iteration rejects it ("'float' object cannot be
interpreted as an integer"). Negative numbers, None and a batch size of 0 are rejected at construction.

## What to do
Divide with `//` and pass whole numbers.

## References
- https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{name}={value}: {why}"
SIGNATURES = (
    r"batch_size should be a positive integer value",
    r"num_workers option should be non-negative",
    r"num_workers\b.{0,160}'float' object cannot be interpreted as an integer",
    r"num_workers < 0:.{0,160}not supported between instances of 'NoneType'",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    for loader in module.loaders:
        if loader.kind in ("foreign", "trainer"):
            continue
        for name in ("num_workers", "batch_size"):
            expr = loader.only(name)
            why = _wrong(module, expr, name) if expr is not None else ""
            if expr is not None and why:
                yield Spot(expr, {"name": name, "value": ast.unparse(expr), "why": why})


def _wrong(module: ModuleView, expr: ast.expr, name: str) -> str:
    if any(_divided(s) for s in module.evaluator.sources(expr)):
        return "a division with / gives a float; use //"
    value = module.evaluator.value(expr)
    if len(value.constants) != 1 or value.unknown or value.cpus or value.origin:
        return ""
    number = next(iter(value.constants))
    if isinstance(number, float):
        return "a float, not a whole number"
    if number is None:
        return "None is not a number of workers" if name == "num_workers" else ""
    if isinstance(number, int) and number < (name == "batch_size"):
        return "it must be positive" if name == "batch_size" else "it must not be negative"
    return ""


def _divided(expr: ast.expr) -> bool:
    return isinstance(expr, ast.BinOp) and isinstance(expr.op, ast.Div)

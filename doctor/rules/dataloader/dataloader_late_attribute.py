"""An attribute of a DataLoader is set after its construction.

## Why it matters
`batch_size`, `batch_sampler`, `sampler`, `drop_last`, `dataset` and `persistent_workers` are fixed: setting one raises
ValueError. (`num_workers`, `collate_fn` and `pin_memory` can be set, and take effect from the next iteration on.)

## What to do
Create a new loader.

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
MESSAGE = "{attribute} of the loader on line {made} can no longer be set: ValueError"
SIGNATURES = (r"attribute should not be set after \w+ is initialized",)
_FIXED = ("batch_size", "batch_sampler", "sampler", "drop_last", "dataset", "persistent_workers")


def lint(module: ModuleView) -> Iterator[Spot]:
    for attribute in _FIXED:
        for target, _ in module.index.attributes.get(attribute, ()):
            made = _loader_of(module, target.value)
            if made is not None and module.line(made) < module.line(target):
                yield Spot(target, {"attribute": attribute, "made": module.line(made)})


def _loader_of(module: ModuleView, expr: ast.expr) -> ast.AST | None:
    """The loader call that a variable or attribute surely holds."""
    sources = module.evaluator.sources(expr)
    made = module.finder.by_node.get(sources[0]) if len(sources) == 1 else None  # type: ignore[call-overload]
    return made.node if made and made.kind in ("torch", "instance") else None

"""Every worker is given the same random seed.

## Why it matters
A `worker_init_fn` that seeds with a constant makes all workers draw the same numbers: augmentations repeat in every
worker and every epoch, without any message. (torch seeds each worker differently by itself, and NumPy, too, since 1.9.)

## What to do
Seed from `torch.initial_seed() % 2**32` or from the worker's number, or leave it to torch.

## References
- https://docs.pytorch.org/docs/stable/notes/randomness.html#dataloader
- https://docs.pytorch.org/docs/stable/notes/faq.html#my-data-loader-workers-return-identical-random-numbers
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot, graded

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.WARNING
MESSAGE = "Every worker is seeded with {seed}: all draw the same random numbers ({workers})"
_SEEDERS = ("numpy.random.seed", "random.seed", "torch.manual_seed", ".seed_everything", "torch.random.manual_seed")


def lint(module: ModuleView) -> Iterator[Spot]:
    for function, code in module.worker_code.items():
        severity = graded(code.workers, SEVERITY) if code.role == "worker_init_fn" else None
        for call in module.calls(*_SEEDERS, within=function) if severity else ():
            if call.args and _is_constant(module, call.args[0]):
                values = {"seed": ast.unparse(call.args[0]), "workers": code.workers.described}
                yield Spot(call, values, severity=severity)


def _is_constant(module: ModuleView, seed: ast.expr) -> bool:
    """Made of literals and globals only: no parameter, no call."""
    for node in ast.walk(seed):
        if isinstance(node, ast.Call):
            return False
        if isinstance(node, ast.Name) and not _is_global(module, node):
            return False
    return True


def _is_global(module: ModuleView, name: ast.Name) -> bool:
    scope = module.index.scope(name)
    own = module.index.parameter_owner(name.id, scope) is not None or (scope, name.id) in module.index.bound
    return not own or scope is module.tree

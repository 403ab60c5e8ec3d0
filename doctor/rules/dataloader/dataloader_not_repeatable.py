"""The program asks for determinism, but the loader's order and workers are not seeded.

## Why it matters
The order of samples and the seeds of the workers come from the global random state when the loader is started; any
random number drawn before changes them, and persistent workers are not reseeded for each epoch.

## What to do
Give the loader `generator=torch.Generator().manual_seed(seed)` and a `worker_init_fn` that seeds NumPy and random from
`torch.initial_seed()`.

## References
- https://docs.pytorch.org/docs/stable/notes/randomness.html#dataloader
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.view import ModuleView

SEVERITY = Severity.INFO
MESSAGE = (
    "The script asks for deterministic algorithms, but this loader has no generator= and no worker_init_fn= ({workers})"
)


def lint(module: ModuleView) -> Iterator[Spot]:
    if not _asks(module):
        return
    for loader in module.loaders:
        fixed = loader.given("generator") or loader.given("worker_init_fn") or loader.open
        if loader.workers.may and not fixed and loader.kind == "torch":
            yield Spot(loader.node, {"workers": loader.workers.described})


def _asks(module: ModuleView) -> bool:
    if any(module.calls("torch.use_deterministic_algorithms")):
        return True
    settings = module.index.attributes.get("deterministic", ())
    return any(module.evaluator.constant(b.value) is True for _, b in settings)

"""Some arguments exclude each other: sampler, shuffle, batch_sampler, batch_size.

## Why it matters
A sampler determines the order, which rules out `shuffle`; a batch sampler determines the batches, which rules out
`batch_size`, `shuffle`, `sampler` and `drop_last`; an IterableDataset has its own order. The constructor raises
ValueError.

## What to do
Remove one of them. With DistributedSampler use `shuffle=False` here and `DistributedSampler(shuffle=True)`.

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
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

SEVERITY = Severity.ERROR
MESSAGE = "{one} and {other} exclude each other: the constructor raises ValueError"
SIGNATURES = (
    r"sampler option is mutually exclusive with shuffle",
    r"batch_sampler option is mutually exclusive with",
    r"batch_size=None option disables auto-batching",
    r"DataLoader with IterableDataset: expected unspecified",
)


def lint(module: ModuleView) -> Iterator[Spot]:
    streaming = {loader for dataset in module.datasets if dataset.iterable for loader in dataset.loaders}
    for loader in module.loaders:
        if loader.kind in ("wrapper", "foreign", "trainer"):
            continue
        for one, other in _conflicts(module, loader, streams=loader in streaming):
            yield Spot(loader.node, {"one": one, "other": other})


def _conflicts(module: ModuleView, loader: Loader, *, streams: bool) -> Iterator[tuple[str, str]]:
    shuffles = loader.constant("shuffle") is True
    if shuffles and _given(module, loader, "sampler"):
        yield "sampler", "shuffle=True"
    if _given(module, loader, "batch_sampler"):
        yield from (("batch_sampler", name) for name in _with_batch_sampler(module, loader))
    is_none = loader.only("batch_size") is not None and module.evaluator.value(loader.given("batch_size")[0])
    if is_none and is_none.constants == {None} and not is_none.unknown and loader.truthy("drop_last"):
        yield "batch_size=None", "drop_last=True"
    if streams:
        for name in ("sampler", "batch_sampler"):
            if _given(module, loader, name):
                yield "an IterableDataset", name
        if shuffles:
            yield "an IterableDataset", "shuffle=True"


def _with_batch_sampler(module: ModuleView, loader: Loader) -> Iterator[str]:
    size = loader.constant("batch_size")
    if isinstance(size, int) and size != 1:
        yield f"batch_size={size}"
    if _given(module, loader, "sampler"):
        yield "sampler"
    yield from (f"{name}=True" for name in ("shuffle", "drop_last") if loader.constant(name) is True)


def _given(module: ModuleView, loader: Loader, name: str) -> bool:
    """Surely given, and surely not None."""
    expr = loader.only(name)
    if expr is None:
        return False
    sources = list(module.evaluator.sources(expr))
    return bool(sources) and all(isinstance(s, ast.Call | ast.List | ast.Tuple) for s in sources)

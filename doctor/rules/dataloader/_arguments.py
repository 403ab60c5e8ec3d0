"""Arguments of loader calls that are judged by their value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from doctor.model import Severity
from doctor.source.spots import Spot

if TYPE_CHECKING:
    from doctor.source.loader import Loader
    from doctor.source.view import ModuleView

_CHECKED = ("torch", "instance", "wrapper")  # these hand the argument to torch's constructor


def needs_workers(module: ModuleView, name: str, counts: Callable[[Any], bool]) -> Iterator[Spot]:
    """Loaders that are given an argument refused without workers; a warning where there may be none."""
    for loader in module.loaders:
        if loader.kind not in _CHECKED or name not in loader.arguments.given or name in loader.arguments.optional:
            continue
        value = module.evaluator.value(loader.given(name)[0])
        if value.unknown or not value.constants or not all(counts(c) for c in value.constants):
            continue
        values = {"workers": loader.workers.described}
        if loader.workers.never:
            yield Spot(loader.node, values)
        elif loader.workers.certainty == "maybe" and 0 in loader.workers.value.constants:
            yield Spot(loader.node, values, severity=Severity.WARNING)


def numbers(module: ModuleView, name: str) -> Iterator[tuple[Loader, float]]:
    """Loaders with the one number that an argument surely is."""
    for loader in module.loaders:
        value = loader.constant(name) if loader.kind in _CHECKED else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield loader, value

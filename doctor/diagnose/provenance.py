"""Which facts an error text may be judged by: its own always, this machine's only if it can come from here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from doctor.facts import Facts
from doctor.intake.merge import contradictions, merge
from doctor.model import Reading, Status, ok

TEXT = "text"
# causes that an environment without torch shows, too
_WITHOUT_TORCH = ("torch-not-installed", "torch-not-importable", "package-missing", "numpy-missing")
_SOFTWARE = ("python", "torch", "packages", "runtime", "conda", "environments")


class Origin(StrEnum):
    """What a text is judged by, beside itself."""

    HERE = "this environment"
    BESIDE = "this machine, in another environment"
    OTHER = "the text alone, which comes from another machine"
    ALONE = "the text alone"


def origin_of(text: Mapping[str, Any], machine: Facts | None, rules: Collection[str] = ()) -> Origin:
    """`text` holds the facts that a text tells, `rules` the causes it names.

    A text of a running torch cannot come from an environment without one: what names a cause is of a torch, unless the
    cause is that there is none.
    """
    if machine is None:
        return Origin.ALONE
    values = {name: reading.value for name in machine.__struct_fields__ if (reading := getattr(machine, name)).ok}
    differs, environment = contradictions(text, values)
    if differs:
        return Origin.OTHER
    torch = machine.torch
    without = torch.status is Status.ABSENT or (torch.value is not None and torch.value.version == "")
    of_torch = "torch" in text or "runtime" in text or any(rule not in _WITHOUT_TORCH for rule in rules)
    return Origin.BESIDE if environment or (without and of_torch) else Origin.HERE


def facts_for(text: Mapping[str, Any], machine: Facts | None, origin: Origin) -> Facts:
    """The facts to judge by: what the text tells, with the source "text", and what of this machine is of the same."""
    told = {name: ok(value, source=TEXT) for name, value in text.items()}
    if machine is None or origin is Origin.OTHER:
        return Facts(**told)
    names = [n for n in machine.__struct_fields__ if origin is Origin.HERE or n not in _SOFTWARE]
    seen = {name: getattr(machine, name) for name in names}
    return Facts(**{**seen, **{name: _joined(reading, seen.get(name)) for name, reading in told.items()}})


def _joined(told: Reading[Any], seen: Reading[Any] | None) -> Reading[Any]:
    """What was seen, filled with what the text tells beside it."""
    if seen is None or seen.value is None:
        return told
    return msgspec.structs.replace(seen, value=merge({"one": seen.value}, {"one": told.value})["one"])

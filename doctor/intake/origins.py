"""Which line of a text tells a fact, found by the value itself among the lines that were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from doctor.model import FactOrigin


class Told(NamedTuple):
    """A line that a format took; `number` counts from 1."""

    where: str
    number: int
    line: str


def origins_of(name: str, value: msgspec.Struct, told: Sequence[Told]) -> dict[str, FactOrigin]:
    """Field -> the first line that has its value. Switches and numbers that stand on no line are left out."""
    if name == "error":
        return {}
    found = {}
    for field, known in _known_fields(value):
        for words in _words(known):
            line = next((one for one in told if words in one.line), None)
            if line is not None:
                found[field] = FactOrigin(line.where, line.number)
                break
    return found


def _known_fields(value: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(value):
        known = getattr(value, field.name)
        if known not in (None, "", (), {}) and not isinstance(known, bool):
            yield field.name, known


def _words(known: Any) -> Iterable[str]:
    """What a line would have of a value: the value, or the names in a list."""
    if isinstance(known, tuple):
        return [getattr(entry, "name", entry if isinstance(entry, str) else "") or "\0" for entry in known]
    if isinstance(known, dict):
        return list(known)
    text = str(known)
    return [text] if len(text) > 1 else []

"""JSON as it is pasted: one value a line, often cut off, with words around it. So it is read line by line."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doctor.text.documents import Unparsable, json

_NAME = r'"((?:[^"\\]|\\.){1,200})"\s*:\s*'
_SCALAR = r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[\[{][\]}]?|[\]}]'
_LINE = re.compile(rf"^(\s*)(?:{_NAME})?({_SCALAR})\s*+,?\s*$")
_MAX = 4000  # characters; the flags of a processor make the longest lines
OPENERS = ("{", "[")


class JsonLine(NamedTuple):
    line: int
    path: tuple[str, ...]  # names of what is around it
    key: str  # "" in a list
    value: str | None  # null is None; an object or list is the bracket that opens it


def documents(lines: Sequence[str], having: str) -> Iterator[list[JsonLine]]:
    """Stretches of lines of JSON that have the key `having`."""
    stretch: list[JsonLine] = []
    around: list[tuple[int, str]] = []
    for index, line in enumerate([*lines, ""]):
        match = _LINE.match(line) if len(line) < _MAX else None
        if match is None:
            if any(entry.key == having for entry in stretch):
                yield stretch
            stretch, around = [], []
            continue
        indent, key = len(match[1]), match[2] or ""
        around = [one for one in around if one[0] < indent]
        stretch.append(JsonLine(index, tuple(name for _, name in around if name), key, _scalar(match[3])))
        if match[3] in OPENERS:
            around.append((indent, key))


def _scalar(text: str) -> str | None:
    if text.startswith('"'):
        with contextlib.suppress(Unparsable):
            return str(json(text))
    return None if text == "null" else text.strip('"')

"""The last line of a text that was cut, as it would have gone on: messages are known, they stand in the atlas."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from doctor.explain import atlas

_LEAST = 16  # characters of a message that tell it from others
_BEGINS = re.compile(r"(?<![^\s'\"`:(\[])\S")  # where in a line a message can begin


def whole(line: str) -> str | None:
    """The line with the rest of the message that its end begins; None where it begins none."""
    line = line.rstrip()
    for begin in _BEGINS.finditer(line, 0, max(0, len(line) - _LEAST)):
        told = line[begin.start() :]
        first, after = bisect_left(_parts(), told), bisect_left(_parts(), f"{told}\U0010ffff")
        known = _parts()[first:after]
        if known and told not in known:
            return line[: begin.start()] + _common(known[0], known[-1])
    return None


def _common(one: str, other: str) -> str:
    """How two texts begin."""
    return next((one[:end] for end in range(min(len(one), len(other)), 0, -1) if other.startswith(one[:end])), "")


@cache
def _parts() -> tuple[str, ...]:
    """What messages have of their own, between what they quote."""
    texts = (entry.text for book in atlas.books() for entry in atlas.book(book).entries if entry.meaning)
    parts = {part.strip().lstrip(":'\"`.,;) ") for text in texts for part in " ".join(text.split()).split("{}")}
    return tuple(sorted(part for part in parts if len(part) > _LEAST))

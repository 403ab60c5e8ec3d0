"""Literals that run over the end of a line, where the next one begins with a margin or with what a logger puts there.

The lines are put together without all that. It takes a while, so it is done only where a word of a literal ends a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from doctor.text.lines import bare

_BEHIND = b' \t|`"\\' + "│".encode()  # what tables and quotes leave at the end of a line
_LONG = 1500  # bytes of a line that nothing has wrapped


class Wrapped:
    """The lines of a text, one after the other as they read, in lower case."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def positions(self, literal: bytes) -> Iterator[int]:
        """Where lines begin that the literal begins in, in the text with its margins; at most once a line."""
        if not self._may_hold(literal):
            return
        whole, starts, places = self._joined
        position = whole.find(literal)
        while position >= 0:
            line = bisect_right(starts, position) - 1
            yield places[line]
            position = whole.find(literal, max(position + 1, starts[line + 1] - 1)) if line + 1 < len(starts) else -1

    def around(self, start: int, end: int, more: int) -> bytes:
        """The lines of a span of the text, with the bytes beside them; empty where nothing is wrapped."""
        if "_joined" not in self.__dict__:
            return b""
        whole, starts, places = self._joined
        if not starts:
            return b""
        first, last = bisect_right(places, start) - 1, bisect_right(places, end)
        stop = starts[last] if last < len(starts) else len(whole)
        return whole[max(0, starts[max(0, first)] - more) : stop + more]

    def __contains__(self, literal: bytes) -> bool:
        return self._may_hold(literal) and literal in self._joined[0]

    def _may_hold(self, literal: bytes) -> bool:
        words = literal.split(b" ")[:-1]
        return any(word and word + b"\n" in self._ends for word in words)

    @cached_property
    def _ends(self) -> bytes:
        """The last word of each line, each before the end of one."""
        lasts = (line.rstrip(_BEHIND).rpartition(b" ")[2] for line in self._text.lower().split(b"\n"))
        return b"\n".join(lasts) + b"\n"

    @cached_property
    def _joined(self) -> tuple[bytes, list[int], list[int]]:
        """The lines that say something; for each where it begins there, and in the text."""
        kept: list[bytes] = []
        starts: list[int] = []
        places: list[int] = []
        start = place = 0
        for line in self._text.split(b"\n"):
            if told := _bare(line):
                kept.append(told)
                starts.append(start)
                places.append(place)
                start += len(told) + 1
            place += len(line) + 1
        return b" ".join(kept), starts, places


def _bare(line: bytes) -> bytes:
    if len(line) > _LONG or not line.strip():
        return line.strip().lower()
    return without_rule(bare(line.decode("utf-8", "replace"))).encode().lower()


def without_rule(line: str) -> str:
    """The line without blanks around it, and without the rule at the margin of what uv and pip wrap."""
    return line.strip().removeprefix("│").lstrip()

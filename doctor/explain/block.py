"""A piece of a text as it is searched, and as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

import msgspec

from doctor.explain.repeats import DIGITS_ALIKE
from doctor.explain.wrapped import Wrapped, without_rule
from doctor.text.fold import break_lines, fold_characters
from doctor.text.lines import bare

Neighbours = list[tuple[int, str]]  # lines, each with how far away it is
WINDOW = 1500  # bytes each side of a hit that an expression gets to see
_MAX_SHOWN = 8 * WINDOW  # bytes of a line


class Block:
    """A piece of a text, folded for the search (`text`); its line ends are as many as those of the pieces shown."""

    def __init__(self, raw: bytes, first: int, numbers: Sequence[int], joined: bool) -> None:
        self._first = first
        self._numbers = numbers  # of each line, where lines were joined or left out
        self.joined = joined
        self._broken = break_lines(raw)
        self._folded = fold_characters(self._broken)
        self.text = self._folded.replace(b"\r", b"\n")
        self.flat = self.text.lower().replace(b"\n", b" ")
        self.masked = self.text.translate(DIGITS_ALIKE)
        self._wrapped = Wrapped(self.text)

    def holds(self, literal: bytes) -> bool:
        return literal in self.flat or literal in self._wrapped

    def around(self, start: int, end: int, more: int) -> bytes:
        """What a line may be a part of, in lower case: with the bytes beside it, and put together."""
        flat = self.flat[max(0, start - more) : end + more]
        return flat + b"\n" + self._wrapped.around(start, end, more)

    @cached_property
    def _inner_ends(self) -> list[int]:
        """For each line whether the end before it is one of the text (1) or inside a line (0)."""
        return [1, *(int(end == b"\n") for end in re.findall(rb"[\r\n]", self._folded))]

    @cached_property
    def _pieces(self) -> list[bytes]:
        return self._broken.replace(b"\r", b"\n").split(b"\n")

    def number_of(self, place: int) -> int:
        """The number, in the text, of the line that a piece belongs to."""
        line = sum(self._inner_ends[1 : place + 1]) if b"\r" in self._folded else place
        return self._numbers[line] if self._numbers else self._first + line

    def shown(self, place: int, count: int) -> str:
        """Pieces as they were, without what loggers put before them."""
        return join_lines(*(bare(decode(piece[:_MAX_SHOWN])) for piece in self._pieces[place : place + count]))

    def positions(self, literal: bytes) -> Iterator[int]:
        """Where the literal begins, or a line that it is wrapped at the end of; at most once a line."""
        yield from self._wrapped.positions(literal)
        position = self.flat.find(literal)
        while position >= 0:
            yield position
            end = self.text.find(b"\n", position)
            if end < 0:
                return
            position = self.flat.find(literal, max(end, position + 1))

    def line_bounds(self, position: int) -> tuple[int, int]:
        """The line around a position, at most a window each side."""
        least = max(0, position - WINDOW)
        start = self.text.rfind(b"\n", least, position) + 1 or least
        end = self.text.find(b"\n", position, position + WINDOW)
        return start, end if end >= 0 else min(len(self.text), position + WINDOW)

    def neighbours(self, start: int, end: int) -> tuple[Neighbours, Neighbours]:
        """The line before and the two lines after a span."""
        before = self.text[max(0, start - WINDOW) : max(0, start - 1)].split(b"\n")
        after = self.text[end + 1 : end + 1 + WINDOW].split(b"\n")
        return _telling(before[::-1], 1), _telling(after, 2)


def _telling(lines: Sequence[bytes], count: int) -> list[tuple[int, str]]:
    """The first lines that say something: forums put blank ones between all, tracebacks put marks under their code."""
    telling = ((away, line) for away, line in enumerate(lines[: 3 * count], 1) if line.strip(b" \t^~`"))
    return [(away, bare(decode(line))) for away, line in islice(telling, count)]


class Line(msgspec.Struct, frozen=True):
    """A line that expressions are tried on: its place in the block, and how many pieces it was joined from."""

    block: Block
    place: int
    text: str
    count: int = 1
    joined: bool = False

    def shown(self, found: re.Match[str]) -> tuple[str, str]:
        """The line as it was, and what was matched of it; a part of an endless line as it is searched."""
        line = self.block.shown(self.place, self.count)
        if len(line) > 2 * WINDOW:
            return self.text.strip(), found[0].strip()
        same = len(line) == len(found.string)
        return line.strip(), (line[found.start() : found.end()] if same else found[0]).strip()


def decode(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def join_lines(*lines: str) -> str:
    return " ".join(filter(None, (*(line.strip() for line in lines[:1]), *map(without_rule, lines[1:]))))

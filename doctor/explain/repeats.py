"""Lines of a long log that it had before, numbers aside: they are not searched again.

Only where numbers tell nothing: of lines that are alike, those are told apart that hold different literals with digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_MAX_REMEMBERED = 100_000  # lines remembered as seen
_MAX_LINES = 30_000  # of a block: more are too short to be worth it
_AROUND = 2  # lines that a new line may have to be joined with
_APART = [b""] * 3 * _AROUND  # keeps from being joined what does not stand together


class Repeats:
    """Remembers the lines of blocks; `literals` (lower-case bytes) are what is searched for."""

    def __init__(self, literals: Iterable[bytes]) -> None:
        self._literals = literals
        self._seen: set[int] = set()
        self._telling: dict[int, list[bytes]] = {}  # literals with digits that a line can hold, by its mark

    def without(self, block: bytes, first: int) -> tuple[bytes, list[int]] | None:
        """The lines of a block that are new, with those around them, and the number of each; None where most are."""
        if block.count(b"\n") > _MAX_LINES:
            return None
        masked = block.translate(DIGITS_ALIKE).split(b"\n")
        marks = [hash(line) for line in masked]
        places = dict(zip(reversed(marks), range(len(marks) - 1, -1, -1), strict=True))  # the first of each
        new = {place for mark, place in places.items() if mark not in self._seen}
        if len(new) > len(marks) // 4:
            return None
        self._remember([(marks[place], masked[place]) for place in new])
        lines = block.split(b"\n")
        new |= self._new_numbers(marks, lines)
        near = {at for place in new for at in range(place - _AROUND, place + _AROUND + 1) if 0 <= at < len(marks)}
        return _runs(lines, sorted(near), first)

    @cached_property
    def _numbered(self) -> dict[bytes, bytes]:
        return {one: masked for one in self._literals if b"0" in (masked := one.translate(DIGITS_ALIKE))}

    def _remember(self, lines: list[tuple[int, bytes]]) -> None:
        if len(self._seen) > _MAX_REMEMBERED:
            self._seen.clear()  # it only saves work
            self._telling.clear()
        text = b"\n".join(line for _, line in lines).lower()
        numbered = [(one, masked) for one, masked in self._numbered.items() if masked in text]
        for mark, line in lines if numbered else ():
            if held := [one for one, masked in numbered if masked in line.lower()]:
                self._telling[mark] = held
        self._seen.update(mark for mark, _ in lines)

    def _new_numbers(self, marks: list[int], lines: list[bytes]) -> set[int]:
        """Places of lines that are seen for the first time with the literals they hold."""
        new = set()
        for place, mark in enumerate(marks) if self._telling else ():
            if held := self._telling.get(mark):
                line = lines[place].lower()
                told = hash((mark, *(one in line for one in held)))
                if told not in self._seen:
                    self._seen.add(told)
                    new.add(place)
        return new


def _runs(lines: list[bytes], places: list[int], first: int) -> tuple[bytes, list[int]]:
    kept: list[bytes] = []
    numbers: list[int] = []
    for at, place in enumerate(places):
        if at and place != places[at - 1] + 1:
            kept += _APART
            numbers += [0] * len(_APART)
        kept.append(lines[place])
        numbers.append(first + place)
    return b"\n".join(kept), numbers

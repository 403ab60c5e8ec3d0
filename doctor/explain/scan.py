"""Signatures over a text of any length: block by block, in bounded memory.

A block, without the lines that were there before, is folded (`doctor.text.fold`) and searched for the literals that
signatures need; expressions run only on the lines around a hit, each distinct line once (numbers aside). A line cut by
a terminal or a mail program is also tried joined with its neighbours. What is shown of a match is the text as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from doctor.explain.block import WINDOW, Block, Line, Neighbours, decode, join_lines
from doctor.explain.repeats import Repeats
from doctor.explain.signatures import Signature, SignatureIndex, index
from doctor.text.ends import Ends
from doctor.text.fold import scripts_apart, unwrap
from doctor.text.lines import Kind, bare, kind_of

if TYPE_CHECKING:
    from doctor.explain.outline import Outline

BLOCK_BYTES = 1 << 20
_OVERLAP_LINES = 3
_MAX_MATCHES = 40  # of one signature: later ones repeat what is known
_MAX_JOINED = 100  # lines of one literal that are tried joined with their neighbours; at the end of a text afresh
_MAX_REMEMBERED = 100_000  # lines remembered as tried
_AROUND = 400  # bytes each side of a line that its neighbours, joined with it, may add
MAX_UNWRAPPED = 64 * 1024  # bytes of a text whose lines a terminal may have cut
_NEAR = 120  # bytes beside a line that tell it from one alike


class SignatureMatch(msgspec.Struct, frozen=True):
    """A signature found: the line as shown, its number from 1, and what the expression took of it."""

    signature: Signature
    line_number: int
    line: str
    matched: str
    groups: dict[str, str]
    kind: Kind
    joined: bool = False


class Scan(msgspec.Struct, frozen=True, dict=True):
    """What a text holds: matches by line, how many lines there were, and its beginning and end."""

    matches: tuple[SignatureMatch, ...]
    lines: int
    ends: str = ""

    @cached_property
    def outline(self) -> Outline:
        from doctor.explain.outline import read  # most texts that `check` meets are read no closer

        return read(self.ends, self.lines)


class Scanner:
    """Takes a text in pieces of bytes; `finish` gives what was found."""

    def __init__(self, over: SignatureIndex | None = None) -> None:
        self._index = over or index()
        self._repeats = Repeats(self._index.by_literal)
        self._pending = b""
        self._line = 1  # number of the first line of what is pending
        self._found: dict[tuple[str, int, int], SignatureMatch] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._tried: set[int] = set()
        self._joins: dict[bytes, int] = {}
        self.ends = Ends()

    def feed(self, piece: bytes) -> None:
        self.ends.feed(piece)
        for start in range(0, len(piece), BLOCK_BYTES):
            self._pending += piece[start : start + BLOCK_BYTES]
            while len(self._pending) >= BLOCK_BYTES:
                self._take_block()

    def finish(self) -> Scan:
        lines = self._line + self._pending.count(b"\n") - (not self._pending or self._pending.endswith(b"\n"))
        self._joins.clear()
        self._search(self._pending)
        if self._line == 1 and len(self._pending) <= MAX_UNWRAPPED and (whole := unwrap(self._pending)):
            self._search(*whole, joined=True)
        if not self._found:
            self._search_cut()
        self._pending = b""
        matches = sorted(self._found.values(), key=lambda m: m.line_number)
        return Scan(tuple(matches), lines, self.ends.text)

    def _search_cut(self) -> None:
        """Nothing was found: the last line may have been cut in the middle of a message."""
        from doctor.explain import cut  # it reads the whole atlas

        text = self._pending.rstrip()
        last = bare(decode(text.rpartition(b"\n")[2][-_AROUND:]))
        if last and (whole := cut.whole(last)):
            self._search(whole.encode(), (self._line + text.count(b"\n"),), joined=True)
            self._found = {
                key: msgspec.structs.replace(match, line=last, matched=last) for key, match in self._found.items()
            }

    def _take_block(self) -> None:
        end = self._pending.rfind(b"\n", 0, BLOCK_BYTES) + 1 or BLOCK_BYTES
        block = self._pending[:end]
        self._search(*(self._repeats.without(block, self._line) or (block,)))
        keep = _start_of_last_lines(block)
        self._line += block.count(b"\n", 0, keep)
        self._pending = self._pending[keep:]

    def _search(self, raw: bytes, numbers: Sequence[int] = (), *, joined: bool = False) -> None:
        block = Block(raw, self._line, numbers, joined)
        live: dict[bytes, list[Signature]] = {}
        for literal in self._index.words.literals_in(block.text):
            if signatures := [s for s in self._index.by_literal[literal] if s.may_match(block.holds)]:
                live[literal] = signatures
        hits = sorted({(position, literal) for literal in live for position in block.positions(literal)})
        place, at = 0, 0
        for position, literal in hits:
            place += block.text.count(b"\n", at, position)
            at = position
            self._try_literal(block, position, place, literal, live[literal])
        if self._index.always:
            for place, line in enumerate(block.text.split(b"\n")):
                self._match_all(self._index.always, Line(block, place, bare(decode(line))))

    def _try_literal(self, block: Block, position: int, place: int, literal: bytes, live: Sequence[Signature]) -> None:
        start, end = block.line_bounds(position)
        join = self._joins.get(literal, 0) < _MAX_JOINED and end - start < 2 * WINDOW
        near = _NEAR if join else 0
        alike = hash((literal, block.masked[max(0, start - near) : start], block.masked[start : end + near]))
        if alike in self._tried:
            return
        if len(self._tried) >= _MAX_REMEMBERED:
            self._tried.clear()  # it only saves work
        self._tried.add(alike)
        near_by = block.around(start, end, _AROUND).__contains__
        signatures = [signature for signature in live if signature.may_match(near_by)]
        if not signatures:
            return
        self._joins[literal] = self._joins.get(literal, 0) + 1
        text = decode(block.text[start:end])
        if not join and not any(s.anchored or s.expression.search(text) for s in signatures):
            return
        line = Line(block, place, bare(text), joined=block.joined)
        left = self._match_all(signatures, line)
        if left and join:
            self._match_joined(left, line, *block.neighbours(start, end))

    def _match_all(self, signatures: Iterable[Signature], line: Line) -> list[Signature]:
        """Record the signatures that match the line; returns those that do not."""
        left = []
        apart = scripts_apart(line.text)
        for signature in signatures:
            found = signature.expression.search(line.text)
            if found is None and apart != line.text:
                found = signature.expression.search(apart)
            if found is None:
                left.append(signature)
            else:
                self._record(signature, line, found)
        return left

    def _match_joined(self, left: list[Signature], line: Line, before: Neighbours, after: Neighbours) -> None:
        """Try the line with its neighbours, as one that was wrapped."""
        itself = (0, line.text)
        for lines in ([itself, *after[:1]], [*((-away, text) for away, text in before), itself], [itself, *after]):
            joined = join_lines(*(text for _, text in lines))
            first, last = lines[0][0], lines[-1][0]
            if left and joined != line.text:
                whole = Line(line.block, line.place + first, joined, last - first + 1, joined=True)
                left = self._match_all(left, whole)

    def _record(self, signature: Signature, line: Line, found: re.Match[str]) -> None:
        key = (signature.rule, signature.place)
        self._counts[key] = self._counts.get(key, 0) + 1
        if self._counts[key] > _MAX_MATCHES:
            return
        groups = {name: value for name, value in found.groupdict().items() if value}
        number, kind = line.block.number_of(line.place), kind_of(line.text)
        match = SignatureMatch(signature, number, *line.shown(found), groups, kind, line.joined)
        self._found.setdefault((*key, number), match)


def scan(text: str) -> Scan:
    """Search a whole text."""
    scanner = Scanner()
    scanner.feed(text.encode("utf-8", "replace"))
    return scanner.finish()


def _start_of_last_lines(block: bytes) -> int:
    """Where the last few lines of a block begin, to be searched again with what follows."""
    position = len(block)
    for _ in range(_OVERLAP_LINES + 1):
        position = block.rfind(b"\n", max(0, len(block) - 4 * WINDOW), position)
        if position < 0:
            return len(block)
    return position + 1

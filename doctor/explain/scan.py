"""Signatures over a text of any length: block by block, in bounded memory.

A block is searched for the literals that signatures need; expressions run only on the lines around a hit, each
distinct line once (numbers aside). A line cut by a terminal or a mail program is also tried joined with its
neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from doctor.explain.signatures import Signature, SignatureIndex, index
from doctor.explain.words import Words
from doctor.text.ends import Ends
from doctor.text.lines import Kind, kind_of, without_prefixes

BLOCK_BYTES = 1 << 20
_OVERLAP_LINES = 3
_WINDOW = 1500  # bytes each side of a hit that an expression gets to see
_MAX_MATCHES = 40  # of one signature: later ones repeat what is known
_MAX_JOINED = 1000  # lines of one literal that are tried joined with their neighbours
_MAX_REMEMBERED = 200_000  # lines remembered as tried
_AROUND = 400  # bytes each side of a line that its neighbours, joined with it, may add
_NEAR = 120  # bytes after a line that tell it from one alike
_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\))")


class SignatureMatch(msgspec.Struct, frozen=True):
    """A signature found: the line as shown, its number from 1, and what the expression took of it."""

    signature: Signature
    line_number: int
    line: str
    matched: str
    groups: dict[str, str]
    kind: Kind
    joined: bool = False


class Scan(msgspec.Struct, frozen=True):
    """What a text holds: matches by line, and how many lines there were."""

    matches: tuple[SignatureMatch, ...]
    lines: int


class Scanner:
    """Takes a text in pieces of bytes; `finish` gives what was found."""

    def __init__(self, over: SignatureIndex | None = None) -> None:
        self._index = over or index()
        self._words = Words(self._index.by_literal)
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
        self._search(self._pending)
        self._pending = b""
        matches = sorted(self._found.values(), key=lambda m: m.line_number)
        return Scan(tuple(matches), lines)

    def _take_block(self) -> None:
        end = self._pending.rfind(b"\n", 0, BLOCK_BYTES) + 1 or BLOCK_BYTES
        block = self._pending[:end]
        self._search(block)
        keep = _start_of_last_lines(block)
        self._line += block.count(b"\n", 0, keep)
        self._pending = self._pending[keep:]

    def _search(self, block: bytes) -> None:
        if b"\x1b" in block:
            block = _ESCAPE.sub(b"", block)  # a colour in the middle of a message would hide it
        flat = block.lower().replace(b"\n", b" ")
        live: dict[bytes, list[Signature]] = {}
        for literal in self._words.literals_in(block):
            if signatures := [s for s in self._index.by_literal[literal] if s.may_match(flat)]:
                live[literal] = signatures
        hits = [(position, literal) for literal in live for position in _positions(flat, block, literal)]
        number, at = self._line, 0
        for position, literal in sorted(hits):
            number += block.count(b"\n", at, position)
            at = position
            self._try_literal(block, flat, position, number, literal, live[literal])
        if self._index.always:
            for offset, line in enumerate(block.split(b"\n")):
                self._match_all(self._index.always, without_prefixes(_decode(line)), self._line + offset)

    def _try_literal(
        self, block: bytes, flat: bytes, position: int, number: int, literal: bytes, live: list[Signature]
    ) -> None:
        start, end = _line_bounds(block, position)
        around = flat[max(0, start - _AROUND) : end + _AROUND]
        signatures = [signature for signature in live if signature.may_match(around)]
        if not signatures:
            return
        alike = hash((literal, block[start : end + _NEAR].translate(_ALIKE)))
        if alike in self._tried:
            return
        if len(self._tried) >= _MAX_REMEMBERED:
            self._tried.clear()  # it only saves work
        self._tried.add(alike)
        self._joins[literal] = self._joins.get(literal, 0) + 1
        join = self._joins[literal] <= _MAX_JOINED
        text = _decode(block[start:end])
        if not join and not any(s.anchored or s.expression.search(text) for s in signatures):
            return
        line = without_prefixes(text)
        left = self._match_all(signatures, line, number)
        if left and join:
            before, after = _neighbours(block, start, end)
            self._match_joined(left, before, line, after, number)

    def _match_all(
        self, signatures: Iterable[Signature], line: str, number: int, joined: bool = False
    ) -> list[Signature]:
        """Record the signatures that match the line; returns those that do not."""
        left = []
        for signature in signatures:
            found = signature.expression.search(line)
            if found is None:
                left.append(signature)
            else:
                self._record(signature, line, number, found, joined)
        return left

    def _match_joined(self, left: list[Signature], before: str, line: str, after: list[str], number: int) -> None:
        """Try the line with its neighbours, as one that was wrapped."""
        for first, text in (
            (number, _join_lines(line, *after[:1])),
            (number - 1, _join_lines(before, line)),
            (number, _join_lines(line, *after)),
        ):
            if left and text != line:
                left = self._match_all(left, text, max(1, first), joined=True)

    def _record(self, signature: Signature, line: str, number: int, found: re.Match[str], joined: bool) -> None:
        key = (signature.rule, signature.place)
        self._counts[key] = self._counts.get(key, 0) + 1
        if self._counts[key] > _MAX_MATCHES:
            return
        groups = {name: value for name, value in found.groupdict().items() if value}
        match = SignatureMatch(signature, number, line.strip(), found[0].strip(), groups, kind_of(line), joined)
        self._found.setdefault((*key, number), match)


def scan(text: str) -> Scan:
    """Search a whole text."""
    scanner = Scanner()
    scanner.feed(text.encode("utf-8", "replace"))
    return scanner.finish()


def _positions(flat: bytes, block: bytes, literal: bytes) -> Iterator[int]:
    """Where the literal begins, at most once a line."""
    position = flat.find(literal)
    while position >= 0:
        yield position
        end = block.find(b"\n", position)
        if end < 0:
            return
        position = flat.find(literal, max(end, position + 1))


def _line_bounds(block: bytes, position: int) -> tuple[int, int]:
    """The line around a position, at most a window each side."""
    start = block.rfind(b"\n", max(0, position - _WINDOW), position) + 1 or max(0, position - _WINDOW)
    end = block.find(b"\n", position, position + _WINDOW)
    return start, end if end >= 0 else min(len(block), position + _WINDOW)


def _neighbours(block: bytes, start: int, end: int) -> tuple[str, list[str]]:
    """The line before and the two lines after a span of a block."""
    before = block[max(0, start - _WINDOW) : max(0, start - 1)].rpartition(b"\n")[2]
    after = block[end + 1 : end + 1 + _WINDOW].split(b"\n", 2)[:2]
    return without_prefixes(_decode(before)), [without_prefixes(_decode(line)) for line in after]


def _decode(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _join_lines(*lines: str) -> str:
    return " ".join(part for part in (line.strip() for line in lines) if part)


def _start_of_last_lines(block: bytes) -> int:
    """Where the last few lines of a block begin, to be searched again with what follows."""
    position = len(block)
    for _ in range(_OVERLAP_LINES + 1):
        position = block.rfind(b"\n", max(0, len(block) - 4 * _WINDOW), position)
        if position < 0:
            return len(block)
    return position + 1

"""Which literals a block of text can hold at all, from the words in it.

Searching a block for each of a thousand literals costs a thousand passes. The words of a block are few and mostly
seen before: a literal is searched for only when every word of it is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

# Letters in lower case and bytes above ASCII stay, everything else separates words
_FOLD = bytes(
    ord(chr(b).lower()) if chr(b).isascii() and chr(b).isalpha() else b if b >= 0x80 else 0x20 for b in range(256)
)
_WORD = re.compile(rb"[a-z\x80-\xff]+")
_MIN_PART = 3  # letters of a cut word at a literal's end that are worth a look
_MAX_KNOWN = 200_000


class Words:
    """Tells for each block which literals (lower-case bytes) may occur in it."""

    def __init__(self, literals: Iterable[bytes]) -> None:
        self._whole: dict[bytes, tuple[bytes, ...]] = {}  # literal -> words that stand whole in it
        self._cut: dict[bytes, tuple[bytes, ...]] = {}  # literal -> parts of words at its ends
        for literal in literals:
            self._whole[literal], self._cut[literal] = _parts(literal)
        self._holders: dict[bytes, set[bytes]] = {part: set() for parts in self._cut.values() for part in parts}
        self._known: set[bytes] = set()

    def literals_in(self, block: bytes) -> list[bytes]:
        """The literals whose every word is in the block."""
        words = set(block.translate(_FOLD).split())
        extra = self._learn(words)
        present = {part for part, holders in self._holders.items() if part in extra or not words.isdisjoint(holders)}
        return [
            literal
            for literal, whole in self._whole.items()
            if words.issuperset(whole) and present.issuperset(self._cut[literal])
        ]

    def _learn(self, words: set[bytes]) -> set[bytes]:
        """Note which new words hold a part; returns the parts held by words that there was no room to remember."""
        new = {word for word in words - self._known if len(word) >= _MIN_PART}
        if not new:
            return set()
        text = b" ".join(new)
        held = [part for part in self._holders if part in text]
        if len(self._known) + len(new) > _MAX_KNOWN:
            return set(held)
        self._known |= new
        for part in held:
            self._holders[part].update(_words_with(part, text))
        return set()


def _words_with(part: bytes, text: bytes) -> Iterator[bytes]:
    """The words of a text separated by spaces that hold a part."""
    at = text.find(part)
    while at >= 0:
        end = text.find(b" ", at)
        end = len(text) if end < 0 else end
        yield text[text.rfind(b" ", 0, at) + 1 : end]
        at = text.find(part, end)


@cache
def _parts(literal: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Words inside a literal; where there are none, the longest part of one that may go beyond the literal's ends."""
    found = list(_WORD.finditer(literal))
    whole = tuple(word[0] for word in found if word.start() > 0 and word.end() < len(literal))
    if whole:
        return whole, ()
    cut = max((word[0] for word in found), key=len, default=b"")
    return (), (cut,) if len(cut) >= _MIN_PART else ()

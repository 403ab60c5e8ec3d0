"""Which literals a block of text can hold at all, from the words in it.

Searching a block for each of a thousand literals costs a thousand passes. The words of a block are few and mostly
seen before: a literal is searched for only when every word of it is among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
        self._by_word: dict[bytes, list[tuple[bytes, tuple[bytes, ...]]]] = {}  # by one of their words, with all
        self._by_part: dict[bytes, list[bytes]] = {}  # those without, by the part of a word that they are
        for literal in literals:
            whole, part = _parts(literal)
            if whole:
                self._by_word.setdefault(max(whole, key=len), []).append((literal, whole))
            else:
                self._by_part.setdefault(part, []).append(literal)
        self._parts_of: dict[bytes, set[bytes]] = {}  # of known words, those that hold one
        self._known: set[bytes] = set()

    def literals_in(self, block: bytes) -> list[bytes]:
        """The literals whose every word is in the block."""
        words = set(block.translate(_FOLD).split())
        parts = {b"", *self._learn(words)}
        parts.update(*(self._parts_of[word] for word in words & self._parts_of.keys()))
        found = [literal for part in parts & self._by_part.keys() for literal in self._by_part[part]]
        for word in words & self._by_word.keys():
            found += [literal for literal, whole in self._by_word[word] if words.issuperset(whole)]
        return found

    def _learn(self, words: set[bytes]) -> Iterable[bytes]:
        """Note which parts new words hold; returns those of words that there was no room to remember."""
        new = {word for word in words - self._known if len(word) >= _MIN_PART}
        text = b" ".join(new)
        held = [part for part in self._by_part if part and part in text]
        if len(self._known) + len(new) > _MAX_KNOWN:
            return held
        self._known |= new
        for part in held:
            for word in _words_with(part, text):
                self._parts_of.setdefault(word, set()).add(part)
        return ()


def _words_with(part: bytes, text: bytes) -> Iterator[bytes]:
    """The words of a text separated by spaces that hold a part."""
    at = text.find(part)
    while at >= 0:
        end = text.find(b" ", at)
        end = len(text) if end < 0 else end
        yield text[text.rfind(b" ", 0, at) + 1 : end]
        at = text.find(part, end)


def _parts(literal: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """Words inside a literal; where there are none, the longest part of one that may go beyond the literal's ends."""
    found = list(_WORD.finditer(literal))
    whole = tuple(word[0] for word in found if word.start() > 0 and word.end() < len(literal))
    cut = max((word[0] for word in found), key=len, default=b"")
    return whole, b"" if whole or len(cut) < _MIN_PART else cut

"""Versions, compared by the dotted numbers they begin with: "2.8.0+cu128" is (2, 8, 0), "535" is (535,).

Reading is total. What is no version ("N/A", "", "2.3x", a number of a thousand digits) gives the empty version: it is
false, it is older than nothing, and it means "not known". Where post-releases and the like have to be told apart,
`packaging.version` is used instead.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SUFFIX = r"(?:a|b|c|r|rc|alpha|beta|pre|preview|post|rev|dev)(?![a-z])"  # PEP 440 lets these follow a digit: "2.3.0a0"
_NUMBERS = re.compile(rf"\s*v?(\d{{1,12}}+(?:\.\d{{1,12}}+)*+)(?!(?!{_SUFFIX})[a-z\d])", re.ASCII | re.IGNORECASE)


class Version(tuple[int, ...]):
    """The numbers of a version, comparable with one another and with plain tuples."""

    __slots__ = ()

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(text: str | None) -> Version:
        found = _NUMBERS.match(text or "")
        return Version(map(int, found[1].split("."))) if found else Version()

    def __str__(self) -> str:
        return ".".join(map(str, self))

    def cut(self, count: int) -> Version:
        """The first numbers: 3.12 of 3.12.4."""
        return Version(self[:count])

    def older_than(self, floor: str | None) -> bool:
        """True when both are known and this one is below the floor, compared as far as this one is told.

        "535" stands for any 535.x, the one that is meant may be the newest: it is not older than "535.54".
        """
        return self < Version.of(floor)[: len(self)]

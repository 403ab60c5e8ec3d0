"""Secrets that say themselves what they are, or that a program's arguments are: `doctor/catalog/secret_shapes.toml`."""

from __future__ import annotations

import re
from functools import cache

from doctor.catalog.private import secret_shapes
from doctor.privacy.stand_ins import ELLIPSIS

_LONG_WORD = re.compile(r"[A-Za-z0-9_+.~-]{18,}")  # nothing shorter is one

_NO_PLACEHOLDER = r"(?!\$|<|\{|%|…|\*\*|xxx)"


def without_shaped_secrets(text: str, low: str) -> str:
    if _LONG_WORD.search(text):
        text = _starting().sub(lambda found: next(filter(None, found.groups())) + ELLIPSIS, text)
    for hint, pattern in _within():
        if hint in low:
            text = pattern.sub(rf"\1{ELLIPSIS}", text)
    return text


@cache
def _starting() -> re.Pattern[str]:
    """One expression of all, a group for each row's start."""
    rows = (rf"({'|'.join(map(re.escape, row.starts))}){row.body}" for row in secret_shapes().shape)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(rows)})")


@cache
def _within() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.hint, re.compile(f"({row.before}){_NO_PLACEHOLDER}{row.secret}")) for row in secret_shapes().within)

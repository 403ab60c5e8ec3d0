"""Numbers of texts and headers from outside."""

from __future__ import annotations

_MOST_DIGITS = 18  # more do not fit where whole numbers are kept, and thousands make `int` fail


def whole(text: str) -> int | None:
    """The number that a text is; `²` is a digit and no number."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None

"""Secrets that say themselves what they are, or that a program's arguments are: `secret_shapes.toml`."""

from __future__ import annotations

import re
from functools import cache

from doctor.privacy.data_files import secret_shapes
from doctor.privacy.lazily import lazily
from doctor.privacy.stand_ins import ELLIPSIS

_LONG_WORD = re.compile(r"[A-Za-z0-9_+.~-]{16,}+")  # nothing shorter is one
_BEGINNING = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{2}")
_NO_PLACEHOLDER = r"(?!\$|<|\{|%|…|\*\*|xxx)"


def without_shaped_secrets(text: str, low: str) -> str:
    text = _without_starting(text)
    if not any(map(low.__contains__, _hints())):
        return text
    for hint, pattern in _within():
        if hint in low:
            text = pattern.sub(rf"\1{ELLIPSIS}", text)
    return text


def _without_starting(text: str) -> str:
    """Long words are few, and fewer begin as a secret does: the expression of all shapes is tried at these alone."""
    kept: list[str] = []
    done = 0
    for word in _LONG_WORD.finditer(text):
        for beginning in _BEGINNING.finditer(text, max(word.start(), done), word.end()):
            if beginning[0] not in _heads() or beginning.start() < done:
                continue
            if secret := _starting().match(text, beginning.start()):
                kept += [text[done : secret.start()], next(filter(None, secret.groups())), ELLIPSIS]
                done = secret.end()
    return "".join((*kept, text[done:])) if kept else text


@cache
def _heads() -> frozenset[str]:
    return frozenset(start[:2] for row in secret_shapes().shape for start in row.starts)


@cache
def _starting() -> re.Pattern[str]:
    """One expression of all, a group for each row's start."""
    rows = (rf"({'|'.join(map(re.escape, row.starts))}){row.body}" for row in secret_shapes().shape)
    return re.compile("|".join(rows))


@cache
def _hints() -> frozenset[str]:
    return frozenset(row.hint for row in secret_shapes().within)


@cache
def _within() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = secret_shapes().within
    return tuple((row.hint, lazily(f"({row.before}){_NO_PLACEHOLDER}{row.secret}")) for row in rows)

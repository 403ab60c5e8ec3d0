"""Texts made of texts: damaged bytes, lines and words moved about, odd values, JSON with other values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

ODD = (
    *("", "0", "-1", "1e999", "nan", "9" * 20, "9" * 400, "1234567890" * 500, "0x" + "f" * 5000, "1.", ".", "9." * 60),
    *("0x1f", "1_0", "²", "٣"),
    *("None", "null", "true", "N/A", "[Not Supported]", "ERR!", "\x00", "\x1b[31m", "\x1b]52;c;eA==\x07", "\u202e"),
    *("\ud800", "\ufeff", "\u2028", "é", "找不到", "%s%(x)d", "{0}{x}", "[/bold]", "`", "```", "<!--", "-->", "&#0;"),
    *("{" * 60, "[" * 4000, "(" * 300, "\\", '"', "'", "'''", "\r", "\t" * 30, " " * 3000, "\n" * 500, "| " * 200),
    *("GPU 0:", "torch==", "torch", "cuda", "sm_", "C:\\Users\\x y\\", "/nfs/home/x/", "https://u:p@h.example:99999/"),
    *("- ", ": ", ", ", "; ", "@ ", "&a ", "*a", "<<: ", "!!python/object:x ", "? ", "[[a]]", "[a.b]", "a = ", "#"),
    *("\\ud800", "\\u0000", "=" * 200, "file://", "１２"),
)
_WORD = re.compile(rb"[0-9]+(?:\.[0-9]+)*|[A-Za-z_]+|\"[^\"\n]*\"|[^\sA-Za-z0-9_]")


def mutated(data: bytes, others: Sequence[bytes], random: Random, limit: int) -> bytes:
    """The text after one to four changes."""
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice(_CHANGES)(data, others, random)[:limit]
    return data


def _odd(random: Random) -> bytes:
    return random.choice(ODD).encode("utf-8", "surrogatepass")


def _place(data: bytes, random: Random) -> tuple[int, int]:
    at = random.randint(0, len(data))
    return at, min(len(data), at + random.choice((0, 1, 4, 40, 400)))


def _with_word(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """A word becomes odd, or one of another text."""
    words = list(_WORD.finditer(data))
    if not words:
        return _odd(random)
    found = random.choice(words)
    theirs = _WORD.findall(random.choice(others)[:4000]) if random.random() < 0.4 else []
    new = random.choice(theirs) if theirs else _odd(random)
    return data[: found.start()] + new + data[found.end() :]


def _with_lines(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """Lines of another text between ours, or ours moved, left out, or many times."""
    lines = data.split(b"\n")
    at, end = sorted((random.randint(0, len(lines)), random.randint(0, len(lines))))
    end = min(end, at + 8)
    theirs = random.choice(others).split(b"\n")
    begin = random.randrange(len(theirs))
    new = random.choice((theirs[begin : begin + 6], [], lines[at:end] * random.choice((2, 50)), lines[at:end][::-1]))
    return b"\n".join((*lines[:at], *new, *lines[end:]))


def _with_bytes(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    at, end = _place(data, random)
    new = random.choice(
        (b"", random.randbytes(random.choice((1, 3))), _odd(random), data[at:end] * random.choice((2, 99)))
    )
    return data[:at] + new + data[end:]


def _cut(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    at, _ = _place(data, random)
    return random.choice((data[:at], data[at:], data[:at] + random.choice(others)))


def _encoded(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """As other consoles write it; rarely, for most of such texts read the same."""
    if random.random() < 0.8:
        return _with_word(data, others, random)
    encoding = random.choice(("utf-16", "utf-16-le", "gb18030", "cp932", "latin-1", "utf-8-sig"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _with_value(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """JSON in which one value is another one; of other texts a word."""
    try:
        holder = {"": json.loads(data)}
        spots = list(_spots(holder))
    except (ValueError, RecursionError):
        return _with_word(data, others, random)
    inside, key = random.choice(spots)
    inside[key] = random.choice(_values(random, spots))
    return json.dumps(holder[""], ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _spots(value: Any) -> Any:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _spots(value[key])


def _values(random: Random, spots: Sequence[tuple[Any, Any]]) -> Sequence[Any]:
    inside, key = random.choice(spots)
    number = random.choice((0, -1, 2**31, 2**63, 2**64, 10**25, 1e308, 1.5, True))
    return (random.choice(ODD), random.choice(ODD), number, None, [], {}, [None], deepcopy(inside[key]))


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], Random], bytes], ...] = (
    *(_with_word, _with_word, _with_lines, _with_lines, _with_bytes),
    *(_cut, _encoded, _with_value, _with_value, _with_value),
)

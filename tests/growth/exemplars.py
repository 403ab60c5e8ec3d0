"""Texts that an expression begins to match, made of the expression itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_OF = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_NOT_WORD: "-",
}
_ANY = "a1 -.:/\n"
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def beginnings(pattern: str, flags: int, seed: int) -> list[tuple[str, str]]:
    """For each part that repeats: what stands before it, and what it repeats."""
    found: list[tuple[str, str]] = []
    text = ""
    for piece, repeats in _pieces(_parser.parse(pattern, flags), Random(seed)):
        if repeats and piece:
            found.append((text, piece))
        text += piece
    return [*found, (text, "")]


def _pieces(tree: Iterable[Any], random: Random) -> Iterator[tuple[str, bool]]:
    for kind, value in tree:
        if kind in _REPEATS:
            least, most, inner = value
            body = "".join(piece for piece, _ in _pieces(inner, random))
            yield body * max(1, least), most == op.MAXREPEAT or most >= _MANY
        elif kind is op.BRANCH:
            yield from _pieces(random.choice(value[1]), random)
        elif kind is op.SUBPATTERN:
            yield from _pieces(value[-1], random)
        elif kind is op.ATOMIC_GROUP:
            yield from _pieces(value, random)
        else:
            yield _character(kind, value), False


_MANY = 200


def _character(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return next(one for one in _ANY if ord(one) != value)
    if kind is op.ANY:
        return "a"
    return _of_set(value) if kind is op.IN else ""


def _of_set(parts: list[tuple[Any, Any]]) -> str:
    if parts[0][0] is op.NEGATE:
        return next((one for one in _ANY if not any(_has(part, one) for part in parts[1:])), "~")
    kind, value = parts[0]
    return _OF[value] if kind is op.CATEGORY else chr(value if kind is op.LITERAL else value[0])


def _has(part: tuple[Any, Any], one: str) -> bool:
    kind, value = part
    if kind is op.CATEGORY:
        inside = {op.CATEGORY_DIGIT: one.isdigit(), op.CATEGORY_SPACE: one.isspace(), op.CATEGORY_WORD: one.isalnum()}
        return inside.get(value, True)
    return ord(one) == value if kind is op.LITERAL else value[0] <= ord(one) <= value[1]

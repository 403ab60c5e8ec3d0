"""The constants that an expression may be, and what becomes of them in conversions and signs."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

_MOST = 2**63


class Value(NamedTuple):
    """The constants an expression may be, and whether it may be something else too.

    `cpus`: it comes from the number of CPUs, so it is positive; `origin` says where it was found.
    """

    constants: frozenset[Any] = frozenset()
    unknown: bool = False
    cpus: bool = False
    origin: str = ""

    def __or__(self, other: Any) -> Value:
        return Value(
            self.constants | other.constants,
            self.unknown or other.unknown,
            self.cpus or other.cpus,
            self.origin or other.origin,
        )


UNKNOWN = Value(unknown=True)
NOTHING = Value()


def convert(value: Value, name: str) -> Value:
    if name != "int":
        return value
    numbers = (c for c in map(whole, value.constants) if isinstance(c, int | float))
    return value._replace(constants=frozenset(map(int, numbers)))


def whole(constant: Any) -> Any:
    """The number that a text of digits is."""
    short = isinstance(constant, str) and constant.isdecimal() and len(constant) <= len(str(_MOST))
    return int(constant) if short else constant


def bounded(value: Value) -> Value:
    """Numbers that no argument has, also those that are none (NaN), would only grow with what is computed of them."""
    kept = frozenset(c for c in value.constants if not isinstance(c, int | float) or abs(c) < _MOST)
    return value if len(kept) == len(value.constants) else value._replace(constants=kept, unknown=True)


def negate(value: Value, op: ast.unaryop) -> Value:
    if isinstance(op, ast.USub):
        return value._replace(constants=frozenset(-c for c in value.constants if isinstance(c, int | float)))
    return value if isinstance(op, ast.UAdd) else UNKNOWN

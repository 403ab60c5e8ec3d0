"""JSON, TOML and YAML from outside: whatever is wrong with one is `Unparsable`, in the words of its parser."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import msgspec

_DEEPEST = 100
_MOST_VALUES = 100_000
# a key of n parts costs n squared
_LONG_KEY = re.compile(r"""(?<![\w.'"-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
# an int of more than 4,300 digits that is no decimal is read, and cannot be written
_LONG_NUMBER = re.compile(r"0[xob][0-9A-Fa-f_]{3000}")
_INDENTED = re.compile(r"(?m)^ {400}")
DEEP = "it is nested too deeply"
# beside their own: what parsers make of scalars, dates and numbers is lax
PARSER_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Unparsable(ValueError):
    """The text is not in the format of its file; the text says where."""


def json(text: str | bytes, kind: Any = Any) -> Any:
    """A value of that type."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:  # of what is no UTF-8, and of deep lists
        raise Unparsable(DEEP if isinstance(error, RecursionError) else str(error)) from error


def toml(text: str) -> dict[str, Any]:
    if _LONG_KEY.search(text):
        raise Unparsable("a key of more than 64 parts")
    require_short(text)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also of a number with too many digits
        raise Unparsable(str(error)) from error
    except RecursionError as error:
        raise Unparsable(DEEP) from error


def yaml(text: str, kind: str = "safe") -> Any:
    """`kind` of "rt" keeps where everything stands, which editing needs."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    require_flat(text)
    require_short(text)
    loader = YAML(typ=kind, pure=True)
    loader.composer.warn_double_anchors = False
    try:
        loaded = loader.load(text)
        require_few(loaded)
        return loaded
    except (YAMLError, *PARSER_ERRORS) as error:
        deep = isinstance(error, RecursionError)
        raise Unparsable(DEEP if deep else " ".join(str(error).split())) from error


def require_flat(text: str) -> None:
    """Raises Unparsable where brackets are open so deep that reading takes the square of their number."""
    steps = (1 if found[0] in "[{" else -1 for found in re.finditer(r"[][{}]", text))
    if max(accumulate(steps), default=0) > _DEEPEST or _INDENTED.search(text):
        raise Unparsable(DEEP)


def require_short(text: str) -> None:
    """Raises Unparsable for a number that nobody writes."""
    if _LONG_NUMBER.search(text):
        raise Unparsable("a number of more than 3,000 digits")


def require_few(loaded: Any) -> None:
    """Raises Unparsable where aliases of aliases stand for more values than anybody writes, or for themselves."""
    sizes: dict[int, float] = {}

    def size(value: Any) -> float:
        inner = list(value.items()) if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
        if id(value) not in sizes and inner:
            sizes[id(value)] = math.inf
            sizes[id(value)] = 1 + sum(map(size, inner))
        return sizes[id(value)] if inner else 1

    if size(loaded) > _MOST_VALUES:
        raise Unparsable(f"its aliases stand for more than {_MOST_VALUES} values")

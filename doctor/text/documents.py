"""TOML and YAML from outside: whatever is wrong with one is `Unparsable`, in the words of its parser."""

from __future__ import annotations

import re
import tomllib
from itertools import accumulate
from typing import Any

_DEEPEST = 100
_INDENTED = re.compile(r"(?m)^ {400}")
DEEP = "it is nested too deeply"
# beside their own: what parsers make of scalars, dates and numbers is lax
PARSER_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Unparsable(ValueError):
    """The text is not in the format of its file; the text says where."""


def toml(text: str) -> dict[str, Any]:
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

    if max(accumulate((sign in "[{") - (sign in "]}") for sign in text), default=0) > _DEEPEST or _INDENTED.search(
        text
    ):
        raise Unparsable(DEEP)  # each level that is open costs with every word
    loader = YAML(typ=kind, pure=True)
    loader.composer.warn_double_anchors = False
    try:
        return loader.load(text)
    except (YAMLError, *PARSER_ERRORS) as error:
        deep = isinstance(error, RecursionError)
        raise Unparsable(DEEP if deep else " ".join(str(error).split())) from error

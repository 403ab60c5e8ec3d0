"""TOML from outside, with what the parser of the standard library has no bound for told as an error of the text."""

from __future__ import annotations

import re
import tomllib
from typing import Any

# a key of n parts costs n squared
_LONG_KEY = re.compile(r"""(?<![\w.'"-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")


def parse_toml(text: str) -> dict[str, Any]:
    """Raises tomllib.TOMLDecodeError."""
    if _LONG_KEY.search(text):
        raise tomllib.TOMLDecodeError("a key of more than 64 parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deeply") from error

"""Expressions that are compiled when they are first used: most texts have no hint of most of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Lazy:
    def __init__(self, expression: str, flags: int) -> None:
        self._expression, self._flags = expression, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._expression, self._flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


def lazily(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Used as what `re.compile` gives, but not handed to functions of `re`."""
    return cast("re.Pattern[str]", _Lazy(expression, flags))

"""A recursive question about syntax nodes, asked of each node once."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
DEPTH = 50  # longer chains of names and calls do not occur in code that people write


class Memo(Generic[T]):
    """Remembers answers, so that work stays linear. What leads back to itself, or on for too long, is `nothing`."""

    def __init__(self, answer: Callable[[ast.AST], T], nothing: T) -> None:
        self._answer = answer
        self._nothing = nothing
        self._known: dict[ast.AST, T] = {}
        self._active: set[ast.AST] = set()

    def __call__(self, node: ast.AST) -> T:
        if node in self._known:
            return self._known[node]
        if node in self._active or len(self._active) > DEPTH:
            return self._nothing
        self._active.add(node)
        try:
            answer = self._answer(node)
        finally:
            self._active.discard(node)
        self._known[node] = answer
        return answer

"""Literals that a regular expression cannot match without: a fast filter before the expression itself runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]  # the expression's own parse tree, not the text of it
_MIN_LENGTH = 3
_COMMON = frozenset({"torch", "cuda", "error", "errors", "warning", "device", "driver", "python", "loss", "only"})

Choice = frozenset[str]  # one of these occurs in every match


def required(pattern: str) -> tuple[Choice, ...]:
    """What every match holds: of each choice at least one lower-case literal; the most selective choice first."""
    usable = {c for c in _sequence(_parser.parse(pattern)) if min(map(len, c)) >= _MIN_LENGTH}
    return tuple(sorted(usable, key=_selectivity, reverse=True))


def _best(choices: Iterable[Choice]) -> Choice | None:
    """The most selective choice: its shortest literal is the longest."""
    usable = [c for c in choices if min(map(len, c)) >= _MIN_LENGTH]
    return max(usable, key=_selectivity, default=None)


def _selectivity(choice: Choice) -> tuple[int, int, list[str]]:
    return min(map(_telling, choice)), -len(choice), sorted(choice)


def _telling(literal: str) -> int:
    """How much it narrows a search: a word of every training log hardly does, however long."""
    return 0 if literal.strip(" :") in _COMMON else len(literal)


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> list[Choice]:
    choices: list[Choice] = []
    run = ""
    for kind, value in nodes:
        name = str(kind)
        if name == "LITERAL" and value != 10:
            run += chr(value).lower() if value < 128 else chr(value)
            continue
        inner = _node(name, value)
        if name == "AT":  # an anchor takes no room: the run goes on
            continue
        if run:
            choices.append(frozenset({run}))
            run = ""
        choices += inner
    return [*choices, frozenset({run})] if run else choices


def _node(name: str, value: Any) -> list[Choice]:
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name == "ATOMIC_GROUP":
        return _sequence(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sequence(value[2]) if value[0] >= 1 else []
    if name == "BRANCH":
        return _branch(value[1])
    return []


def _branch(branches: Sequence[Iterable[tuple[Any, Any]]]) -> list[Choice]:
    best = [_best(_sequence(branch)) for branch in branches]
    known = [choice for choice in best if choice is not None]
    return [frozenset().union(*known)] if len(known) == len(best) else []

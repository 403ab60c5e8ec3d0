"""Whole results through the gate: any model comes back as it is, every text in it passed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache, partial
from pathlib import PurePath
from typing import Any, TypeVar

import msgspec

from doctor import gate

T = TypeVar("T")
Word = Callable[[str], str]
# Fields that are drawn as paragraphs; anything else is a place in a line
MANY_LINES = frozenset(
    {"Explanation.meaning", "Explanation.to_do", "Experiment.text", "RecipeResult.detail", "RecipeResult.error"}
)
# Fields of any model that are words of commands, and what somebody wants made or goes on to use
TYPED = frozenset({"commands", "undo", "look", "interpreter"})
PLACES = frozenset({"SetupPlan.folder", "SetupPlan.python"})


def passed(model: T) -> T:
    """For documents, which have their own ways to write the end of a line."""
    taken: T = _walked(model, word := cache(gate.text), word)
    return taken


def passed_to_lines(model: T) -> T:
    """For what is drawn in lines: there an end of a line inside a value becomes a sign."""
    taken: T = _walked(model, cache(gate.line), gate.paragraph)
    return taken


def _walked(value: Any, word: Word, many: Word) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return word(str(value))
    if isinstance(value, msgspec.Struct):
        return _struct(value, word, many)
    if isinstance(value, Mapping):
        return dict(_pair(key, entry, word, many) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return type(value)(map(partial(_walked, word=word, many=many), value))
    return type(value)(word(str(value))) if isinstance(value, PurePath) else value


def _struct(value: msgspec.Struct, word: Word, many: Word) -> msgspec.Struct:
    name, taken = type(value).__name__, {}
    for field in value.__struct_fields__:
        place = f"{name}.{field}"
        way = gate.word if field in TYPED or place in PLACES else many if place in MANY_LINES else word
        taken[field] = _walked(getattr(value, field), way, many)
    return type(value)(**taken)


def _pair(key: Any, value: Any, word: Word, many: Word) -> tuple[Any, Any]:
    """A value beside its name, which may say that it is a secret."""
    name = _walked(key, word, many)
    if key in TYPED:
        return name, _walked(value, gate.word, many)
    if not (isinstance(key, str) and isinstance(value, str)) or isinstance(value, Enum):
        return name, _walked(value, word, many)
    head, mark, told = word(f"{key}={value}").partition("=")
    return name, told if mark and head == name else word(value)

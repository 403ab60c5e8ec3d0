"""Values of any result type with a text of ours in every place for a text."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from enum import Enum
from pathlib import PurePath
from typing import Any, Union, get_args, get_origin

import msgspec

Word = Callable[[str], str]  # what stands in a place: "Finding.message"
# what another part looks up by: a name of its own there, or there is nothing to draw
NAMES = {
    "LintFinding.rule": "dataloader-no-workers",
    "Gist.alike": "no-driver",
    "JudgedMirror.service": "pypi",
    "Rejected.build": "cu126",
    "Rejected.torch": "2.7.0",
    "Choice.torch": "2.6.0",
    "Choice.build": "cu126",
    "Match.accelerator": "cuda",
    "SetupPlan.state": "new",
}
LOADER = ("where", "dataset")


def filled(kind: Any, word: Word, place: str = "") -> Any:
    """A value of that type: nothing is left out, every text is `word(place)`."""
    origin, parts = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, types.UnionType):
        return filled(next(part for part in parts if part is not type(None)), word, place)
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return _struct(kind, origin, word)
    if origin in (str, Any) or origin is object:
        return NAMES.get(place) or word(place)
    if origin is dict:
        return {word(f"{place} (key)"): filled(parts[1], word, place)}
    if origin in (tuple, list):
        return origin(filled(part, word, place) for part in parts if part is not Ellipsis)
    return _plain(origin)


def _struct(kind: Any, origin: type[msgspec.Struct], word: Word) -> msgspec.Struct:
    given = {name: filled(part, word, f"{origin.__name__}.{name}") for name, part in _types(kind).items()}
    if origin.__name__ == "DataLoaderReport":
        given["loader"] = {n: word(f"loader.{n}") for n in LOADER} | {"length": 5, "batch_size": 2, "num_workers": 1}
    return origin(**given)


@functools.cache
def _types(kind: Any) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def _plain(origin: Any) -> Any:
    if issubclass(origin, Enum):
        return next(iter(origin))
    if issubclass(origin, PurePath):
        return origin("/srv/file")
    return {bool: True, int: 3, float: 1.5}[origin]

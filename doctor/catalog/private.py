"""What secrets look like, and which names are nobody's. The data is in secret_shapes.toml and public_names.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A secret that says what it is: how it starts, and the expression of what follows."""

    of: str
    starts: tuple[str, ...]
    body: str


class Within(msgspec.Struct, frozen=True, kw_only=True):
    """A secret that is known by what stands before it."""

    of: str
    hint: str
    before: str
    secret: str


class Shapes(msgspec.Struct, frozen=True, kw_only=True):
    as_of: str
    sources: tuple[str, ...]
    shape: tuple[Shape, ...]
    within: tuple[Within, ...]


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@cache
def secret_shapes() -> Shapes:
    return msgspec.convert(tomllib.loads(_text("secret_shapes.toml")), Shapes)


@cache
def public_names(kind: str) -> frozenset[str]:
    """In lower case: "accounts", "words" or "folders"."""
    words: str = tomllib.loads(_text("public_names.toml"))[kind]
    return frozenset(words.split())

"""What secrets look like, and which names are nobody's. The data is in secret_shapes.toml and public_names.toml."""

from __future__ import annotations

import pkgutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A secret that says what it is: how it starts, and the expression of what follows."""

    of: str
    starts: Sequence[str]
    body: str


@dataclass(frozen=True, kw_only=True)
class Within:
    """A secret that is known by what stands before it."""

    of: str
    hint: str
    before: str
    secret: str


@dataclass(frozen=True, kw_only=True)
class Shapes:
    shape: tuple[Shape, ...]
    within: tuple[Within, ...]


def _text(name: str) -> str:
    """Also where Python imports from a wheel as it is, as the bootstrap does."""
    data = pkgutil.get_data("doctor.privacy", name)
    assert data is not None, "the loader of every package reads its files"
    return data.decode("utf-8")


@cache
def secret_shapes() -> Shapes:
    table = tomllib.loads(_text("secret_shapes.toml"))
    return Shapes(
        shape=tuple(Shape(**row) for row in table["shape"]), within=tuple(Within(**row) for row in table["within"])
    )


@cache
def public_names(kind: str) -> frozenset[str]:
    """In lower case: "accounts", "words", "folders", "domains" or "roles"."""
    words: str = tomllib.loads(_text("public_names.toml"))[kind]
    return frozenset(words.split())

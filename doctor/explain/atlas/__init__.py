"""The atlas: what libraries and programs say about the environment, and what each message means.

One JSON file a library, one entry a line. Texts, names and numbers are facts, taken from the library at the version
that its file names (`scripts/refresh_atlas.py`); meanings are our own words. In a text, `{}` stands for what the
library fills in.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent


class Concern(StrEnum):
    """Whom a message concerns."""

    ENVIRONMENT = "environment"  # the machine, its driver, its packages, its network
    PROGRAM = "program"  # how the caller uses the library: its values, shapes, order of calls
    HARMLESS = "harmless"  # said in passing: nothing needs to be done
    INTERNAL = "internal"  # an error of the library itself, or a state that no user meets


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A message: at least one of `name`, `code` and `text` tells it."""

    concern: Concern
    meaning: str = ""  # one sentence; may be empty only for `program` and `internal` ones
    name: str = ""  # as in the header or the class: cudaErrorNoDevice
    code: int | None = None  # as the library, the system or the protocol counts
    text: str = ""  # as printed, {} for what varies
    where: str = ""  # module or function that says it
    rules: tuple[str, ...] = ()  # causes it can point to, the likeliest first
    apart: str = ""  # how to tell these causes apart: one observation or command


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """The messages of one library. `source` says where they were read."""

    schema_version: int
    library: str
    version: str
    source: str
    entries: tuple[Entry, ...]


def books() -> tuple[str, ...]:
    """Names of the atlas' files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def book(name: str) -> Book:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Book)

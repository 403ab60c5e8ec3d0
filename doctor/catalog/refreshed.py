"""Releases that came out after this program, as a person had them read from an index with `match --refresh`.

They lie in one file of the user's: its SHA-256 in the first line, then what was read. It counts only while it is whole
and made for the very catalog that is shipped; why it does not count is said.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

from doctor.catalog.rows import ArchRow, Release

SHIPPED = Path(__file__).parent / "releases.json"
_MOST_BYTES = 16 << 20  # many times what there is to keep; of a larger file the sum is wrong
NAME = "releases.refreshed"  # of the file, in the user's folder for data
SOURCE = "refresh"
DAMAGED = "the refreshed catalog in {path} is damaged and is not used: take it back with `match --refresh --undo`"
OUTDATED = "the refreshed catalog in {path} was made for another version of the program and is not used; {again}"
AGAIN = "recreate it with `torch-doctor match --refresh`, or take it back with `match --refresh --undo`"


class Refreshed(msgspec.Struct, frozen=True, kw_only=True):
    """What an index had on a day (ISO). `base` is the SHA-256 of the shipped releases that it adds to."""

    as_of: str
    index: str  # without credentials
    base: str
    releases: tuple[Release, ...]
    arch: tuple[ArchRow, ...] = ()


class Kept(msgspec.Struct, frozen=True):
    """`problem` says why a file that is there does not count."""

    found: Refreshed | None = None
    problem: str = ""


_NOWHERE = Kept()
_folders: list[Callable[[], Path]] = []


def look_in(folder: Callable[[], Path]) -> None:
    """The folder of the file; the catalog itself knows no machine. Asked only when releases are wanted."""
    _folders[:] = [folder]
    read.cache_clear()


@cache
def read() -> Kept:
    path = _folders[0]() / NAME if _folders else None
    if path is None or not path.is_file():
        return _NOWHERE
    try:
        with path.open("rb") as file:
            found = decoded(file.read(_MOST_BYTES))
    except (OSError, ValueError):
        return Kept(problem=DAMAGED.format(path=path))
    return Kept(found) if found.base == shipped() else Kept(problem=OUTDATED.format(path=path, again=AGAIN))


def was_read() -> bool:
    """Whether anybody asked for releases yet."""
    return bool(read.cache_info().currsize)


def shipped() -> str:
    return _sha256(SHIPPED.read_bytes())


def encoded(content: Refreshed) -> bytes:
    body = msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"
    return _sha256(body).encode() + b"\n" + body


def decoded(data: bytes) -> Refreshed:
    """Raises ValueError for anything that is not what was written."""
    told, _, body = data.partition(b"\n")
    if told.decode("ascii") != _sha256(body):
        raise ValueError("the SHA-256 differs")
    return msgspec.json.decode(body, type=Refreshed)


def _sha256(data: bytes) -> str:
    import hashlib  # needed only where there is such a file

    return hashlib.sha256(data).hexdigest()

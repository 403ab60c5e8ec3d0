"""New packages for a folder that cannot be renamed, as those of a container's image on overlayfs: entry by entry.

What is left to do is written down first. A kill in the middle leaves an environment of two halves, and the next run
ends what was begun.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

import msgspec

from doctor.files import regular
from doctor.files.atomic import replace

_NOTE = "unfinished"


class _Left(msgspec.Struct, frozen=True):
    """The entries of `new` that are to take the places of those of `old`, and what goes without a successor."""

    new: str
    old: str
    put: tuple[str, ...]
    gone: tuple[str, ...]


def is_unfinished(folder: Path) -> bool:
    """Whether a run that noted its work in this folder of ours has not ended it."""
    return (folder / _NOTE).is_file()


def bring_over(folder: Path, new: Path, old: Path) -> None:
    """Every entry of `old` becomes that of `new`."""
    names = {entry.name for place in (new, old) for entry in place.iterdir()}
    changed = sorted(name for name in names if not _is_same(new / name, old / name))
    put = tuple(name for name in changed if os.path.lexists(new / name))
    gone = tuple(name for name in changed if name not in put)
    left = msgspec.json.encode(_Left(str(new), str(old), put, gone))
    replace(folder / _NOTE, left, folder / f"{_NOTE}.part", 0o600)
    finish(folder)


def finish(folder: Path) -> None:
    """Do what is noted in a folder of ours. What is no longer among the new is in its place already."""
    left = msgspec.json.decode(regular.read_whole(folder / _NOTE), type=_Left)
    new, old = Path(left.new), Path(left.old)
    for name in left.gone:
        _remove(old / name)
    for name in left.put:
        if os.path.lexists(new / name):
            _remove(old / name)
            (new / name).rename(old / name)
    (folder / _NOTE).unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _is_same(one: Path, other: Path) -> bool:
    """Links to one file, or the same content. What Python compiles for itself is no difference."""
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    if one.is_dir() and other.is_dir():
        inside = [{entry.name for entry in place.iterdir() if entry.name != "__pycache__"} for place in (one, other)]
        return inside[0] == inside[1] and all(_is_same(one / name, other / name) for name in inside[0])
    if not (one.is_file() and other.is_file()):
        return False
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)

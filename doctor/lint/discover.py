"""Which files to lint: named files as they are, folders searched for scripts and notebooks."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from doctor.model import DoctorError
from doctor.source.spots import Note

SUFFIXES = (".py", ".pyw", ".ipynb")
SKIPPED = frozenset({"__pycache__", "node_modules", "venv", "site-packages", "dist-packages"})
LOOP = "the link leads back to a folder above it"
UNREADABLE = "cannot be read: {what}"


def discover(paths: Iterable[str], exclude: tuple[str, ...], note: Callable[[Note], None]) -> Iterator[str]:
    """Files to lint, in order; unreadable folders go to `note`. Raises DoctorError for a path that is not there."""
    for path in paths:
        try:
            mode = Path(path).stat().st_mode
        except OSError as error:
            raise DoctorError(
                "lint-path-unreadable", f"cannot read {path}", error.strerror or str(error), "name files or folders"
            ) from error
        if stat.S_ISDIR(mode):
            yield from _walk(path, exclude, note)
        else:
            yield path


def _walk(top: str, exclude: tuple[str, ...], note: Callable[[Note], None]) -> Iterator[str]:
    """Depth first, links followed; a folder is entered once, so a loop of links ends."""
    entered: set[tuple[int, int]] = set()
    stack = [top]
    while stack:
        path = stack.pop()
        try:
            status = Path(path).stat()
            if (status.st_dev, status.st_ino) in entered:
                if Path(path).is_symlink() and Path(path).resolve() in Path(path).absolute().parents:
                    note(Note(path, "symlink-loop", LOOP))
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda e: e.name)
        except OSError as error:
            note(Note(path, "unreadable", UNREADABLE.format(what=error.strerror or error)))
            continue
        folders = []
        for entry in found:
            if _is_excluded(entry, top, exclude):
                continue
            if _is_folder(entry):
                folders.append(entry.path)
            elif entry.name.endswith(SUFFIXES):
                yield entry.path
        stack += reversed(folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_excluded(entry: os.DirEntry[str], top: str, exclude: tuple[str, ...]) -> bool:
    if entry.name.startswith(".") or entry.name in SKIPPED:
        return True
    relative = os.path.relpath(entry.path, top) if exclude else ""
    return any(fnmatch(entry.name, e) or fnmatch(relative, e) for e in exclude)

"""What the packages of an environment have put beside themselves, as their records tell."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from doctor.bootstrap.home import is_folder

_PLACES = ("lib/python*/site-packages", "Lib/site-packages")


@dataclass(frozen=True)
class Shared:
    """A folder that is not the packages' alone: the files that they brought, and all others."""

    brought: list[Path]
    others: list[Path]


def not_brought(environment: Path, folder: Path) -> Shared | None:
    """None where all in the folder came with packages. Packages make folders: a file or a link there is somebody's."""
    if not is_folder(folder.lstat()):
        return Shared([], [folder])
    recorded = set(_recorded(environment))
    brought, others = list[Path](), list[Path]()
    for path in _files(folder):
        known = os.path.normcase(path) in recorded or path.parent.name == "__pycache__"
        (brought if known else others).append(path)
    return Shared(brought, others) if others else None


def _files(folder: Path) -> Iterator[Path]:
    """Links are files here, for what they lead to is somebody's; so are folders that cannot be looked into."""
    for path in sorted(folder.iterdir()):
        if is_folder(path.lstat()) and os.access(path, os.R_OK | os.X_OK):
            yield from _files(path)
        else:
            yield path


def _recorded(environment: Path) -> Iterator[str]:
    """What lies outside the packages' own folder is there with a path that begins with ".."."""
    for place in _PLACES:
        for record in environment.glob(f"{place}/*.dist-info/RECORD"):
            for name in _names(record):
                yield os.path.normcase(os.path.normpath(record.parents[1] / name))


def _names(record: Path) -> list[str]:
    try:
        with record.open(encoding="utf-8", errors="replace", newline="") as file:
            return [row[0] for row in csv.reader(file) if row and row[0].startswith("..")]
    except (OSError, csv.Error):
        return []

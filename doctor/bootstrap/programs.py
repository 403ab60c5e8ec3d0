"""Programs on PATH, outside the working folder: an empty or relative entry of PATH means that folder, and Windows looks
there first, but what lies there is of whoever made the folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path


def which(name: str, variables: Mapping[str, str] | None = None) -> str | None:
    """The path of the first program of that name."""
    return next(every(name, variables), None)


def every(name: str, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """The path of each program of that name, in the order of PATH."""
    known = os.environ if variables is None else variables
    for folder in map(Path, (known.get("PATH") or os.defpath).split(os.pathsep)):
        if folder.is_absolute():
            yield from (str(file) for file in _spellings(folder / name, known) if _is_program(file))


def _spellings(path: Path, variables: Mapping[str, str]) -> list[Path]:
    if sys.platform == "win32":
        endings = (variables.get("PATHEXT") or ".COM;.EXE;.BAT;.CMD").split(";")
        if path.suffix.upper() not in map(str.upper, endings):
            return [path.with_name(path.name + ending) for ending in endings]
    return [path]


def _is_program(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.X_OK)
    except OSError:
        return False

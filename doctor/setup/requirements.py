"""The text of requirements files: what they ask for, and their lines that no index answers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from doctor.catalog.specifiers import requirement
from doctor.files import regular
from doctor.model import DoctorError
from doctor.privacy import without_credentials
from doctor.text.clean import decode

_MAX_BYTES = 8 * 1024 * 1024  # of a lock of thousands of packages with its hashes
_CONTINUED = re.compile(r"\\\r?\n")
_COMMENT = re.compile(r"(^|\s)#.*$")
_OPTION = re.compile(r"\s--?\w[\w-]*.*$")  # after a requirement: its hashes
_MORE = re.compile(r"(?:-r|--requirement)[\s=]\s*(\S+)")


def read(path: Path) -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    """What a file and those that it names ask for, and its lines that are something else: options, folders, addresses.

    Raises InvalidRequirement at a line that is neither.
    """
    return sort_out(_lines(path, set()))


def sort_out(lines: Iterable[str]) -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    asked: list[Requirement] = []
    others: list[str] = []
    for line in lines:
        if line.startswith("-") or _is_place(line):
            others.append(without_credentials(line))
        else:
            asked.append(_requirement(line))
    return tuple(asked), tuple(others)


def _requirement(line: str) -> Requirement:
    try:
        return requirement(_OPTION.sub("", line))
    except InvalidRequirement as error:
        raise InvalidRequirement(f"{line[:80]!r} is no requirement") from error


def _lines(path: Path, seen: set[Path]) -> Iterator[str]:
    """A file is read once, whoever names it."""
    seen.add(Path(os.path.realpath(path)))
    for line in _CONTINUED.sub(" ", text_of(path)).splitlines():
        line = _COMMENT.sub("", line).strip()
        more = _MORE.match(line)
        if more and Path(os.path.realpath(named := path.parent / more[1])) not in seen:
            yield from _lines(named, seen)
        elif line and not more:
            yield line


def text_of(path: Path) -> str:
    """PowerShell redirects `pip freeze` as UTF-16."""
    try:
        return decode(regular.read_whole(path, _MAX_BYTES))
    except (OSError, ValueError) as error:  # of a path that no system has
        reason = getattr(error, "strerror", None) or str(error)
        raise DoctorError("input", f"cannot read {path}", reason, "give the path of a requirements file") from error


def _is_place(line: str) -> bool:
    """A wheel, a folder or an address without a name: nothing to look for."""
    return " @ " not in line and ("/" in line or line.endswith(".whl"))

"""The text of requirements files: what they ask for, and their lines that no index answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from doctor.catalog.specifiers import requirement
from doctor.model import DoctorError
from doctor.privacy import without_credentials
from doctor.text.clean import decode

_CONTINUED = re.compile(r"\\\r?\n")
_COMMENT = re.compile(r"(^|\s)#.*$")
_OPTION = re.compile(r"\s--?\w[\w-]*.*$")  # after a requirement: its hashes
_MORE = re.compile(r"(?:-r|--requirement)[\s=]\s*(\S+)")


def read(path: Path) -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    """What a file and those that it names ask for, and its lines that are something else: options, folders, addresses.

    Raises InvalidRequirement at a line that is neither.
    """
    return sort_out(_lines(path, ()))


def sort_out(lines: Iterable[str]) -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    every = list(lines)
    others = [line for line in every if line.startswith("-") or _is_place(line)]
    return tuple(_requirement(line) for line in every if line not in others), tuple(map(without_credentials, others))


def _requirement(line: str) -> Requirement:
    try:
        return requirement(_OPTION.sub("", line))
    except InvalidRequirement as error:
        raise InvalidRequirement(f"{line[:80]!r} is no requirement") from error


def _lines(path: Path, above: tuple[Path, ...]) -> Iterator[str]:
    for line in _CONTINUED.sub(" ", text_of(path)).splitlines():
        line = _COMMENT.sub("", line).strip()
        more = _MORE.match(line)
        if more and path not in above:
            yield from _lines(path.parent / more[1], (*above, path))
        elif line and not more:
            yield line


def text_of(path: Path) -> str:
    """PowerShell redirects `pip freeze` as UTF-16."""
    try:
        return decode(path.read_bytes())
    except (OSError, ValueError) as error:  # of a path that no system has
        reason = getattr(error, "strerror", None) or str(error)
        raise DoctorError("input", f"cannot read {path}", reason, "give the path of a requirements file") from error


def _is_place(line: str) -> bool:
    """A wheel, a folder or an address without a name: nothing to look for."""
    return " @ " not in line and ("/" in line or line.endswith(".whl"))

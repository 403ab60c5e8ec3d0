"""A requirements file as a side of a comparison: what it asks for, and whether the other side answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from doctor.diff import Side, short_name
from doctor.model import DoctorError
from doctor.privacy import without_credentials
from doctor.text.clean import decode

KIND = "requirements"
ANY = "any version"
_SUFFIXES = (".txt", ".in")
_CONTINUED = re.compile(r"\\\r?\n")
_COMMENT = re.compile(r"(^|\s)#.*$")
_OPTION = re.compile(r"\s--?\w[\w-]*.*$")  # after a requirement: its hashes
_MORE = re.compile(r"(?:-r|--requirement)[\s=]\s*(\S+)")


def side_of(path: Path) -> Side | None:
    """None for a text that is something else, such as a report."""
    try:
        asked = list(_requirements(path, ())) if path.suffix in _SUFFIXES and path.is_file() else []
    except InvalidRequirement:
        return None
    return _side(path, asked) if asked else None


def beside(path: Path, other: Side) -> tuple[Side, Side]:
    """The file and another kind of side: what meets a requirement stands in its place, and what nobody asked for is
    left out."""
    python = other.areas.get("python", {}).get("version", "")
    asked = [one for one in _requirements(path, ()) if _is_for(one, python)]
    have = {str(canonicalize_name(name)): version for name, version in other.areas.get("packages", {}).items()}
    missed = {canonicalize_name(one.name) for one in asked if not _is_met(one, have.get(canonicalize_name(one.name)))}
    texts = _side(path, asked).areas["packages"].items()
    wanted = {name: text if name in missed else have[name] for name, text in texts}
    there = {name: version for name, version in have.items() if name in wanted}
    return (
        msgspec.structs.replace(_side(path, asked), areas={"packages": wanted}),
        msgspec.structs.replace(other, areas={**other.areas, "packages": there}),
    )


def _side(path: Path, asked: list[Requirement]) -> Side:
    texts: dict[str, list[str]] = {}
    for one in asked:
        texts.setdefault(canonicalize_name(one.name), []).append(_text(one))
    packages = {name: " | ".join(dict.fromkeys(found)) for name, found in sorted(texts.items())}
    return Side(short_name(str(path)), KIND, {"packages": packages})


def _is_for(one: Requirement, python: str) -> bool:
    if one.marker is None:
        return True
    known = {"python_version": ".".join(python.split(".")[:2])} if python else {}
    return one.marker.evaluate(known)


def _is_met(one: Requirement, version: str | None) -> bool:
    """The version of a package that was asked for by its address is not known."""
    return version is not None and (bool(one.url) or one.specifier.contains(version, prereleases=True))


def _requirements(path: Path, above: tuple[Path, ...]) -> Iterator[Requirement]:
    """With those of the files that it names. Raises InvalidRequirement at a line that is none."""
    for line in _CONTINUED.sub(" ", _read(path)).splitlines():
        line = _COMMENT.sub("", line).strip()
        more = _MORE.match(line)
        if more and path not in above:
            yield from _requirements(path.parent / more[1], (*above, path))
        elif line and not line.startswith("-") and not _is_place(line):
            yield Requirement(_OPTION.sub("", line))


def _read(path: Path) -> str:
    """PowerShell redirects `pip freeze` as UTF-16."""
    try:
        return decode(path.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise DoctorError("input", f"cannot read {path}", reason, "give the path of a requirements file") from error


def _is_place(line: str) -> bool:
    """A wheel, a folder or an address without a name: nothing to look for."""
    return " @ " not in line and ("/" in line or line.endswith(".whl"))


def _text(one: Requirement) -> str:
    wanted = f"@ {without_credentials(one.url)}" if one.url else str(one.specifier) or ANY
    return f"{wanted}; {one.marker}" if one.marker else wanted

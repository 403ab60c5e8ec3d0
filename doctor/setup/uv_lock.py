"""uv.lock, as far as a comparison needs it: which versions, and what is needed on every platform."""

from __future__ import annotations

from pathlib import Path

import msgspec

from doctor.model import DoctorError
from doctor.setup.requirements import text_of
from doctor.text.documents import Unparsable, toml

_OWN = ("virtual", "editable", "directory")  # sources of what is being developed


class UvPackage(msgspec.Struct, frozen=True):
    """`everywhere`: needed without an extra, a group or a condition."""

    name: str
    versions: tuple[str, ...]
    everywhere: bool


class _Edge(msgspec.Struct, frozen=True):
    name: str
    marker: str = ""


class _Row(msgspec.Struct, frozen=True):
    name: str
    version: str = ""
    source: dict[str, str] = {}
    dependencies: tuple[_Edge, ...] = ()

    @property
    def is_own(self) -> bool:
        return any(kind in self.source for kind in _OWN)


class _Lock(msgspec.Struct, frozen=True):
    package: tuple[_Row, ...] = ()


class UvLock(msgspec.Struct, frozen=True):
    """`projects` are what is being developed, `packages` everything else."""

    packages: tuple[UvPackage, ...]
    projects: tuple[str, ...]


def read(path: Path) -> UvLock:
    """Raises DoctorError for a file that is damaged."""
    try:
        rows = msgspec.convert(toml(text_of(path)), _Lock).package
    except (Unparsable, msgspec.ValidationError) as error:
        raise DoctorError("uv-lock", f"{path} is not a uv lock", str(error), "recreate it with `uv lock`") from error
    versions: dict[str, list[str]] = {}
    for row in rows:
        if not row.is_own:
            versions.setdefault(row.name, []).append(row.version)
    needed = _needed(rows)
    packages = (UvPackage(name, tuple(found), name in needed) for name, found in sorted(versions.items()))
    return UvLock(tuple(packages), tuple(row.name for row in rows if row.is_own))


def _needed(rows: tuple[_Row, ...]) -> set[str]:
    """What the projects need, and what that needs, along edges that carry no marker."""
    edges: dict[str, list[str]] = {}
    for row in rows:
        edges.setdefault(row.name, []).extend(edge.name for edge in row.dependencies if not edge.marker)
    found: set[str] = set()
    left = [name for row in rows if row.is_own for name in edges[row.name]]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += edges.get(name, ())
    return found

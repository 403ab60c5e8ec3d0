"""What is asked for as a side of a comparison: a project's own file or a uv.lock, and whether the other side answers.

Neither is an environment. Of a requirements file only what it names is compared; of a uv.lock, which is for every
platform at once, what only some of them need makes no difference where it is absent.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name

from doctor.catalog.specifiers import applies
from doctor.diff import Side, short_name
from doctor.model import DoctorError
from doctor.privacy import without_credentials
from doctor.setup import project, uv_lock
from doctor.setup.project import Project

KIND = "requirements"
UNIVERSAL = "uv.lock"
ANY = "any version"
OR = " | "
_SUFFIXES = (".txt", ".in", ".yml", ".yaml")
_INSTALLERS = ("pip", "setuptools", "wheel")  # an environment has them though nobody asked
_NAMED = ("pyproject.toml",)


def side_of(path: Path) -> Side | None:
    """None for a text that is something else, such as a report."""
    if path.name == UNIVERSAL:
        packages = {one.name: OR.join(one.versions) for one in uv_lock.read(path).packages}
        return Side(short_name(str(path)), UNIVERSAL, {"packages": packages})
    own = path.name in _NAMED
    if not own and (path.suffix not in _SUFFIXES or not path.is_file()):
        return None
    try:
        found = project.of_path(path)
    except (InvalidRequirement, InvalidSpecifier) as error:
        if not own:
            return None
        raise DoctorError("diff-project", f"cannot read {path}", str(error), "name its lock or requirements") from error
    return _side(found) if found.asked else None


def _side(found: Project) -> Side:
    texts: dict[str, list[str]] = {}
    for one in found.asked:
        texts.setdefault(canonicalize_name(one.name), []).append(_text(one))
    packages = {name: OR.join(dict.fromkeys(rows)) for name, rows in sorted(texts.items())}
    python = {"python": {"version": found.python}} if found.python else {}
    return Side(found.file, KIND, {**python, "packages": packages})


def beside(path: Path, other: Side) -> tuple[Side, Side]:
    """The file and a side of another kind: what meets a requirement stands in its place, and what nobody asked for is
    left out."""
    python = other.areas.get("python", {}).get("version", "")
    have = {str(canonicalize_name(name)): version for name, version in other.areas.get("packages", {}).items()}
    if path.name == UNIVERSAL:
        return _universal(path, other, have)
    found = project.of_path(path)
    found = msgspec.structs.replace(found, asked=tuple(one for one in found.asked if _is_for(one, python)))
    missed = {name for one in found.asked if not _is_met(one, have.get(name := canonicalize_name(one.name)))}
    mine = _side(found)
    wanted = {name: text if name in missed else have[name] for name, text in mine.areas["packages"].items()}
    areas = {**mine.areas, "packages": wanted}
    if found.python and python and project.allows(found.python, python):
        areas["python"] = {"version": python}
    there = {name: version for name, version in have.items() if name in wanted}
    return _with(mine, areas), _with(other, {**other.areas, "packages": there})


def _universal(path: Path, other: Side, have: dict[str, str]) -> tuple[Side, Side]:
    lock = uv_lock.read(path)
    locked = {one.name: one for one in lock.packages}
    packages = {
        name: have[name] if have.get(name) in one.versions else OR.join(one.versions)
        for name, one in locked.items()
        if name in have or one.everywhere
    }
    beside_it = (*_INSTALLERS, *lock.projects)
    there = {name: version for name, version in have.items() if name in locked or name not in beside_it}
    mine = Side(short_name(str(path)), UNIVERSAL, {"packages": packages})
    return mine, _with(other, {**other.areas, "packages": there})


def _with(side: Side, areas: dict[str, dict[str, str]]) -> Side:
    return msgspec.structs.replace(side, areas=areas)


def _is_for(one: Requirement, python: str) -> bool:
    return applies(one, {"python_version": ".".join(python.split(".")[:2])} if python else {})


def _is_met(one: Requirement, versions: str | None) -> bool:
    """The version of a package that was asked for by its address is not known."""
    return versions is not None and (
        bool(one.url) or any(one.specifier.contains(version, prereleases=True) for version in versions.split(OR))
    )


def _text(one: Requirement) -> str:
    wanted = f"@ {without_credentials(one.url)}" if one.url else str(one.specifier) or ANY
    return f"{wanted}; {one.marker}" if one.marker else wanted

"""A project's own file as what an environment has to hold: torch is chosen within it, the rest goes along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from doctor.catalog.specifiers import applies, requirement, specifier
from doctor.diff import short_name
from doctor.match import Choice, Machine, Wish, match
from doctor.model import DoctorError, Exit
from doctor.privacy import without_credentials
from doctor.setup import conda_file, requirements
from doctor.text.documents import Unparsable, toml

T = TypeVar("T")
CHOSEN = ("torch", "torchvision", "torchaudio")
LEFT_OUT = "Not taken over from {file}: {lines}."
_PATCHES = 40
_SYSTEMS = {
    "linux": ("linux", "Linux", "posix"),
    "windows": ("win32", "Windows", "nt"),
    "macos": ("darwin", "Darwin", "posix"),
}
_MACHINES = {("windows", "x86_64"): "AMD64", ("windows", "aarch64"): "ARM64", ("macos", "aarch64"): "arm64"}


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """What a file asks for. `python` is a specifier; `left_out` holds the lines that no index can answer."""

    file: str
    asked: tuple[Requirement, ...]
    python: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """All but torch and its companions, in an installer's words."""
        return tuple(str(one) for one in self.asked if canonicalize_name(one.name) not in CHOSEN)

    @property
    def notes(self) -> tuple[str, ...]:
        return (LEFT_OUT.format(file=self.file, lines=", ".join(self.left_out)),) if self.left_out else ()

    @property
    def only_python(self) -> str | None:
        """ "3.11" where the file names one version of Python."""
        for one in SpecifierSet(self.python):
            if one.operator in ("==", "==="):
                return ".".join(one.version.split(".")[:2])
        return None

    def wish(self, wish: Wish, machine: Machine) -> Wish:
        """The wish narrowed to the torch that the file allows, of releases whose companions it allows.

        Raises DoctorError where the file is for another Python.
        """
        self._check_python(machine)
        asked = list(self._chosen(machine))
        torch = [part for name, parts, _ in asked if name == "torch" for part in parts]
        builds = [build for *_, build in asked if build]
        specifier = ",".join(filter(None, [wish.torch, *torch]))
        if wish.build and builds and wish.build not in builds:
            found = f"{self.file} asks for {self._words_on_torch()}, and the build is to be {wish.build}"
            raise DoctorError("project-build", "the file asks for another build", found, "name that one, or none")
        wish = msgspec.structs.replace(wish, torch=specifier, build=wish.build or next(iter(builds), ""))
        companions = {name: SpecifierSet(",".join(parts)) for name, parts, _ in asked if name != "torch"}
        while (choice := match(machine, wish).choice) and not _goes_with(choice, companions):
            without = ",".join(filter(None, [wish.torch, f"!={choice.torch}"]))
            wish = msgspec.structs.replace(wish, torch=without)
        return wish if choice else self._refuse(machine, wish, specifier)

    def _refuse(self, machine: Machine, wish: Wish, specifier: str) -> NoReturn:
        found = match(machine, msgspec.structs.replace(wish, torch=specifier))
        why = found.message or "there is none with these companions for this Python and platform"
        hint = "loosen what it asks of them; `torch-doctor match -v` shows every candidate"
        asked = f"{self.file} asks for {self._words_on_torch()}"
        raise DoctorError("setup-match", f"no torch fits: {why}", asked, hint, exit_code=Exit.NOT_DONE)

    def _words_on_torch(self) -> str:
        """What it asks of torch and its companions, for people."""
        return ", ".join(str(one) for one in self.asked if canonicalize_name(one.name) in CHOSEN)

    def _chosen(self, machine: Machine) -> Iterator[tuple[str, list[str], str]]:
        """Of torch and its companions the name, the parts of the specifier without a build, and the build."""
        known = markers_of(machine)
        for one in self.asked:
            name = canonicalize_name(one.name)
            if name in CHOSEN and applies(one, known):
                parts = [_version_of_file(one.url, self.file)] if one.url else [str(part) for part in one.specifier]
                build = next((part.partition("+")[2] for part in parts if "+" in part), "")
                yield name, [part.partition("+")[0] for part in parts], build

    def _check_python(self, machine: Machine) -> None:
        if machine.python and not allows(self.python, machine.python):
            hint = "name a Python that it allows: --python VERSION"
            raise DoctorError(
                "project-python", f"{self.file} is for Python {self.python}", f"Python {machine.python}", hint
            )


def _goes_with(choice: Choice, companions: dict[str, SpecifierSet]) -> bool:
    have = {"torchvision": choice.torchvision, "torchaudio": choice.torchaudio}
    return all(
        (version := have[name]) is not None and allowed.contains(version, prereleases=True)
        for name, allowed in companions.items()
    )


def allows(specifier: str, python: str) -> bool:
    """Whether one of the patch releases of "3.12" is within the specifier of a Python."""
    allowed = SpecifierSet(specifier)
    return any(allowed.contains(f"{python}.{patch}", prereleases=True) for patch in range(_PATCHES))


def _version_of_file(url: str, file: str) -> str:
    from urllib.parse import unquote

    try:
        return f"=={parse_wheel_filename(unquote(url.partition('#')[0].rpartition('/')[2]))[1]}"
    except InvalidWheelFilename as error:
        hint = "name a version instead"
        shown = without_credentials(url)
        raise DoctorError(
            "project-torch", f"{file} names torch by an address without a version", shown, hint
        ) from error


def markers_of(machine: Machine) -> dict[str, str]:
    """The variables of PEP 508 on a machine."""
    platform, system, name = _SYSTEMS[machine.os]
    values = {
        "sys_platform": platform,
        "platform_system": system,
        "os_name": name,
        "platform_machine": _MACHINES.get((machine.os, machine.arch), machine.arch),
    }
    if machine.python:
        values |= {"python_version": machine.python, "python_full_version": f"{machine.python}.99"}
    return values


def read(file: str, extras: Sequence[str] = (), groups: Sequence[str] = ()) -> Project:
    """A requirements file, pyproject.toml or environment.yml. Raises DoctorError for what is none of these."""
    path = Path(file).expanduser()
    if (extras or groups) and path.suffix != ".toml":
        raise DoctorError("project-flags", "--extra and --group go with a pyproject.toml", file, "leave them out")
    try:
        return of_path(path, extras, groups)
    except (InvalidRequirement, InvalidSpecifier) as error:
        hint = "give a requirements file, a pyproject.toml or an environment.yml"
        raise DoctorError("project-file", f"{file} cannot be read as a project's file", str(error), hint) from error


def of_path(path: Path, extras: Sequence[str] = (), groups: Sequence[str] = ()) -> Project:
    """Raises InvalidRequirement for a file that is none."""
    name = short_name(str(path))
    if path.suffix == ".toml":
        return _of_pyproject(path, name, extras, groups)
    if path.suffix in (".yml", ".yaml"):
        asked, python, left = conda_file.read(path)
        return Project(file=name, asked=asked, python=str(specifier(python)), left_out=left)
    asked, left = requirements.read(path)
    return Project(file=name, asked=asked, left_out=left)


class _Table(msgspec.Struct, frozen=True, rename="kebab"):
    name: str = ""
    requires_python: str = ""
    dependencies: tuple[str, ...] = ()
    optional_dependencies: dict[str, tuple[str, ...]] = {}


class _Pyproject(msgspec.Struct, frozen=True, rename="kebab"):
    project: _Table | None = None
    dependency_groups: dict[str, tuple[str | dict[str, str], ...]] = {}


def _of_pyproject(path: Path, name: str, extras: Sequence[str], groups: Sequence[str]) -> Project:
    try:
        document = msgspec.convert(toml(requirements.text_of(path)), _Pyproject)
    except (Unparsable, msgspec.ValidationError) as error:
        raise InvalidRequirement(f"it is no pyproject.toml: {error}") from error
    table = document.project
    if table is None:
        raise InvalidRequirement("it has no [project] table")
    lines = [*table.dependencies]
    for extra in extras:
        lines += _named(table.optional_dependencies, extra, "extra")
    for group in groups:
        lines += _group(document.dependency_groups, group, set())
    asked = [requirement(line) for line in lines]
    itself = [one for one in asked if canonicalize_name(one.name) == canonicalize_name(table.name)]
    inner = [extra for one in itself for extra in one.extras if extra not in extras]
    if inner:  # an extra that is made of others: "mine[cuda,dev]"
        return _of_pyproject(path, name, (*extras, *inner), groups)
    kept = (one for one in asked if one not in itself)
    return Project(file=name, asked=tuple(kept), python=str(specifier(table.requires_python)))


def _named(tables: dict[str, tuple[T, ...]], name: str, kind: str) -> tuple[T, ...]:
    found = {canonicalize_name(key): rows for key, rows in tables.items()}.get(canonicalize_name(name))
    if found is None:
        there = ", ".join(tables) or "none"
        raise DoctorError("project-flags", f"there is no {kind} {name!r}", f"there: {there}", "correct its name")
    return found


def _group(tables: dict[str, tuple[str | dict[str, str], ...]], name: str, seen: set[str]) -> list[str]:
    """With the groups that it includes (PEP 735), each once."""
    rows = _named(tables, name, "group") if name not in seen else ()
    seen.add(name)
    lines: list[str] = []
    for row in rows:
        lines += [row] if isinstance(row, str) else _group(tables, row.get("include-group", ""), seen)
    return lines

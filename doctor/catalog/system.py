"""How operating systems name and install what PyTorch leans on: compilers, drivers, runtimes.

The data is in system_packages.toml and driver_packages.toml, each row with its source and day.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from doctor.catalog.version import Version

Argv = tuple[str, ...]


class SystemPackageNames(msgspec.Struct, frozen=True, kw_only=True):
    """Something needed, and what each family of systems calls it: package names, or a whole command."""

    name: str
    people: str  # as people say it: "a C++ compiler"
    debian: str = ""
    ubuntu: str = ""
    fedora: str = ""
    rhel: str = ""
    arch: str = ""
    suse: str = ""
    alpine: str = ""
    macos: Argv = ()
    windows: Argv = ()
    releases: dict[str, int] = {}  # the first release of a family that has the packages
    source: str
    as_of: str


class DriverRow(msgspec.Struct, frozen=True, kw_only=True):
    """Commands of one family, run as root in order, with `{…}` for what only the host tells."""

    family: str
    commands: tuple[Argv, ...]
    releases: tuple[int, ...] = ()  # of the distribution; empty: all
    chips: str = ""  # "open": the open kernel modules, for Turing and newer
    carries: str = ""  # newest driver branch of the distribution itself
    before: str = ""  # what a person has to do first
    source: str
    as_of: str


@cache
def _packages() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "system_packages.toml").read_text(encoding="utf-8"))


@cache
def system_package(name: str) -> SystemPackageNames:
    """The row of that name. Raises KeyError when there is none."""
    rows = {row["name"]: row for row in _packages()["package"]}
    return msgspec.convert(rows[name], SystemPackageNames)


def install_argv(family: str) -> Argv:
    """How a family of Linux distributions installs packages, () when nobody knows."""
    return tuple(_packages()["installers"].get(family, ()))


@cache
def driver_rows(table: str) -> tuple[DriverRow, ...]:
    """The rows of one table of driver_packages.toml: "driver", "libraries", "fabric_manager" …"""
    text = (Path(__file__).parent / "driver_packages.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)[table], tuple[DriverRow, ...])


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """What an installation of PyTorch comes to, in bytes; `alone` is the wheel of torch without its dependencies."""

    kind: str
    os: str
    download: int
    disk: int
    alone: int
    source: str
    as_of: str


class WheelSize(msgspec.Struct, frozen=True, kw_only=True):
    """Of which kind of build a wheel of torch is that has between `least` and `most` bytes."""

    kind: str
    least: int
    most: int
    source: str
    as_of: str


MOST_CHARACTERS = 259  # of a path on Windows, unless long paths are allowed: the 260th is the zero behind it


class LongestPath(msgspec.Struct, frozen=True, kw_only=True):
    """How many characters the longest path has in the wheels of a release and of those after it."""

    since: str
    longest: int
    source: str
    as_of: str


class _SizeFile(msgspec.Struct, frozen=True):
    size: tuple[Size, ...]
    wheel: tuple[WheelSize, ...]
    path: tuple[LongestPath, ...]


@cache
def _size_file() -> _SizeFile:
    text = (Path(__file__).parent / "sizes.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _SizeFile)


@cache
def _sizes() -> dict[tuple[str, str], Size]:
    return {(row.kind, row.os): row for row in _size_file().size}


def kind_of_wheel(size: float) -> str:
    """ "cpu" or "cuda" for the size of an untagged wheel of torch in bytes; "" where that tells nothing."""
    return next((row.kind for row in _size_file().wheel if row.least <= size <= row.most), "")


def longest_path(torch: str) -> int:
    """Characters of the longest path that a release has below `site-packages`."""
    version = Version.of(torch)
    return next(row.longest for row in reversed(_size_file().path) if not version.older_than(row.since))


def size_of(kind: str, os: str) -> Size | None:
    """The size of a kind of build ("cuda", "cpu" …) on a system, None where nobody measured."""
    return _sizes().get((kind, os))

"""From which version on: what releases need of a system, and single versions at which something begins."""

from __future__ import annotations

from functools import cache

from doctor.catalog.data_files import CatalogFile, all_releases, read
from doctor.catalog.rows import CatalogRow
from doctor.catalog.version import Version

_FOR = "nvcc for compute capability "
_WITHOUT = "nvcc without compute capability below "


class Limit(CatalogRow, frozen=True, kw_only=True):
    """A version at which something begins that a rule asks about."""

    limit: str
    version: str


class LimitFile(CatalogFile, frozen=True, kw_only=True):
    limits: tuple[Limit, ...]


@cache
def limits() -> dict[str, str]:
    return {row.limit: row.version for row in read("limits", LimitFile).limits}


def limit(name: str) -> str:
    return limits()[name]


def jetson_linux(jetpack: str) -> str:
    """The major release of Jetson Linux that a JetPack ("6") is of; "" where that is not known."""
    return limits().get(f"Jetson Linux of JetPack {jetpack}", "")


def first_with_numpy2(system: str) -> str:
    """The first release whose wheels for a system work with NumPy 2."""
    return next(row.torch for row in reversed(all_releases()) if system in row.numpy2)


def first_with_triton() -> str:
    return next(row.torch for row in reversed(all_releases()) if row.triton)


def glibc(torch: Version, platform: str) -> str:
    """The glibc that a release's wheel needs; an unlisted release is as the one before it. "" for other systems."""
    wheels = [(Version.of(row.torch), row.wheel(platform)) for row in reversed(all_releases())]
    known = [(version, wheel.glibc) for version, wheel in wheels if wheel and wheel.glibc]
    before = [glibc for version, glibc in known if version <= torch]
    return before[-1] if before else known[0][1] if known else ""


def glibcxx(torch: Version) -> str:
    """The newest GLIBCXX mark that a release's wheel may need."""
    return limit(f"GLIBCXX beside glibc {glibc(torch, 'linux-x86_64')}")


def first_toolkit(capability: str | None) -> str:
    """The first CUDA whose nvcc compiles for a compute capability; "" when that is not known."""
    return limits().get(f"{_FOR}{capability}", "")


def can_compile(cuda: str, capability: str) -> bool:
    """Whether the nvcc of a CUDA makes any code that runs on a compute capability; True where that is not known."""
    have, device = Version.of(cuda), Version.of(capability)
    if not have or not device:
        return True
    begun = [
        first for made_for, first in _by_capability(_FOR).items() if device[:1] == made_for[:1] and made_for <= device
    ]
    ended = [oldest for oldest, since in _by_capability(_WITHOUT).items() if since <= have]
    return not (begun and have < min(begun)) and all(oldest <= device for oldest in ended)


def _by_capability(kind: str) -> dict[Version, Version]:
    return {
        Version.of(name.removeprefix(kind)): Version.of(cuda)
        for name, cuda in limits().items()
        if name.startswith(kind)
    }


def first_refused_gcc(cuda: str) -> str:
    """The first gcc that the nvcc of a CUDA refuses ("12.4" -> "14"); "" when that is not known."""
    return limits().get(f"first gcc that nvcc {cuda} refuses", "")

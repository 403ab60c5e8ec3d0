"""What the sources must have: the torch that `match` chooses for this machine, and the platform's names of itself."""

from __future__ import annotations

import platform
from pathlib import Path

from doctor.match.model import Machine
from doctor.mirrors.model import WantedPackage

_PLATFORMS = {"linux": ("manylinux", "linux_"), "windows": ("win",), "macos": ("macosx",)}
_WHEEL_MACHINES = {("windows", "x86_64"): "amd64", ("macos", "aarch64"): "arm64", ("windows", "aarch64"): "arm64"}
_SUBDIRS = {
    ("linux", "x86_64"): "linux-64",
    ("linux", "aarch64"): "linux-aarch64",
    ("windows", "x86_64"): "win-64",
    ("macos", "x86_64"): "osx-64",
    ("macos", "aarch64"): "osx-arm64",
}


def wanted_for(machine: Machine, package: str = "torch") -> WantedPackage:
    """The wheel, the conda platform and the apt release of a machine."""
    from doctor.match import match

    choice = match(machine).choice if package == "torch" else None
    release = os_release() if machine.os == "linux" else {}
    name, version = release.get("ID", ""), release.get("VERSION_ID", "")
    return WantedPackage(
        package=package,
        version=choice.torch if choice else "",
        build=choice.build if choice and choice.build != "mps" else "cpu",
        tag=machine.tag,
        platforms=_PLATFORMS.get(machine.os, ()),
        machine=_WHEEL_MACHINES.get((machine.os, machine.arch), machine.arch),
        subdir=_SUBDIRS.get((machine.os, machine.arch), "noarch"),
        suite=release.get("VERSION_CODENAME", "stable"),
        cuda_repository=f"{name}{version.replace('.', '')}/{_cuda_arch(machine.arch)}",
    )


def _cuda_arch(arch: str) -> str:
    return {"aarch64": "sbsa"}.get(arch, arch)


def os_release() -> dict[str, str]:
    """The distribution's own description of itself; empty where there is none."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def has_apt() -> bool:
    return Path("/etc/apt").is_dir()

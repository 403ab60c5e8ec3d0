"""What is seen of this machine before anything is installed. Whatever is asked has a time limit."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from doctor.bootstrap.children import ask
from doctor.bootstrap.home import Home
from doctor.bootstrap.programs import which

CONDA_LIKE = ("mamba", "conda", "micromamba")
_ARCHITECTURES = {"arm64": "aarch64", "amd64": "x86_64"}
_PROXIES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


@dataclass(frozen=True)
class BareMachine:
    """ "" is none, or not known."""

    os: str  # "linux", "macos", "windows"
    arch: str
    libc: str
    glibc: str
    macos: str
    distribution: str
    wsl: bool
    driver: str
    root: bool
    proxy: bool
    shell: str
    python: str  # what the program's own environment is made from
    conda: str
    uv: str
    home: str
    free_mb: int

    @property
    def python_version(self) -> str:
        """Of the Python that runs this, which is the same."""
        return f"{sys.version_info[0]}.{sys.version_info[1]}"

    def lines(self) -> list[str]:
        """What `--print` shows."""
        shown = {
            "os": self.os, "arch": self.arch, "libc": self.libc, "glibc": self.glibc, "macos": self.macos,
            "distribution": self.distribution, "wsl": _yes(self.wsl), "driver": self.driver,
            "privileges": "root" if self.root else "user", "proxy": _yes(self.proxy), "shell": self.shell,
            "python": self.python, "python_version": self.python_version, "conda": self.conda, "uv": self.uv,
            "data": self.home, "free_mb": str(self.free_mb),
        }  # fmt: skip
        return [f"{key}={value}" for key, value in shown.items()]


def _yes(there: bool) -> str:
    return "yes" if there else "no"


def look(home: Home, variables: Mapping[str, str]) -> BareMachine:
    """Asks the system and nothing else; nothing is made."""
    glibc = _glibc()
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    return BareMachine(
        os=system,
        arch=_architecture(variables),
        libc="glibc" if glibc else "musl" if system == "linux" else "",
        glibc=glibc,
        macos=platform.mac_ver()[0],
        distribution=_distribution(system),
        wsl="microsoft" in _text("/proc/version").lower(),
        driver=_driver(variables),
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        proxy=any(variables.get(name) for name in _PROXIES),
        shell=variables.get("TORCH_DOCTOR_SHELL", "") if system == "windows" else variables.get("SHELL", ""),
        python=getattr(sys, "_base_executable", "") or sys.executable,
        conda=_conda(home, variables),
        uv=_uv(home, variables),
        home=str(home.folder),
        free_mb=free_mb(home.folder),
    )


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _glibc() -> str:
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").removeprefix("glibc ") if hasattr(os, "confstr") else ""
    except (ValueError, OSError):
        return ""


def _architecture(variables: Mapping[str, str]) -> str:
    named = variables.get("PROCESSOR_ARCHITEW6432") or platform.machine()
    return _ARCHITECTURES.get(named.lower(), named.lower())


def _distribution(system: str) -> str:
    if system == "windows":
        return f"Windows {platform.version()}"
    if system == "macos":
        return f"macOS {platform.mac_ver()[0]}"
    found = re.search(r"^PRETTY_NAME=(.*)$", _text("/etc/os-release"), re.M)
    return found[1].strip("\"'") if found else ""


def _driver(variables: Mapping[str, str]) -> str:
    """The NVIDIA driver's version; what nvidia-smi says when it fails is none."""
    found = re.search(r"Kernel Module.*?(\d+(?:\.\d+)+)", _text("/proc/driver/nvidia/version"))
    if found:
        return found[1]
    program = which("nvidia-smi", variables)
    if not program:
        return ""
    said = ask([program, "--query-gpu=driver_version", "--format=csv,noheader"]).partition("\n")[0].strip()
    return said if re.fullmatch(r"\d+(\.\d+)+", said) else ""


def _conda(home: Home, variables: Mapping[str, str]) -> str:
    """The one on PATH, else the Miniforge of an earlier run."""
    found = (which(name, variables) for name in CONDA_LIKE)
    own = home.folder / "miniforge" / ("Scripts/conda.exe" if sys.platform == "win32" else "bin/conda")
    return next(filter(None, found), str(own) if own.is_file() else "")


def own_uv(home: Home) -> Path:
    """Where the uv lies that was fetched."""
    return home.folder / "uv" / ("uv.exe" if sys.platform == "win32" else "uv")


def _uv(home: Home, variables: Mapping[str, str]) -> str:
    named = variables.get("TORCH_DOCTOR_UV", "")
    if named and Path(named).is_file():
        return named
    own = own_uv(home)
    return which("uv", variables) or (str(own) if own.is_file() else "")


def free_mb(folder: Path) -> int:
    """The room where a folder is or would be."""
    return shutil.disk_usage(nearest(folder)).free // 1_000_000


def nearest(folder: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(near for near in (folder, *folder.parents) if near.is_dir())

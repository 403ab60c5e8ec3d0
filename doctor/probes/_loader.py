"""Shared libraries as the dynamic loader finds them for a program: ld.so(8)'s order, asked without loading anything."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from doctor.catalog import Version
from doctor.files import regular
from doctor.probes._files import exists, listing
from doctor.process import run

_CACHE_LINE = re.compile(r"^[ \t]*(\S+) \(([^)]*)\) => (\S.*)$", re.MULTILINE)
_ABI = {"x86_64": "x86-64", "aarch64": "AArch64", "ppc64le": "64bit", "s390x": "64bit", "riscv64": "double-float"}
_FOLDERS = ("usr/local/lib", "lib64", "usr/lib64", "lib", "usr/lib")


class LoaderCacheEntry(NamedTuple):
    """A line of `ldconfig -p`: "libcuda.so.1", "libc6,x86-64", "/lib/x86_64-linux-gnu/libcuda.so.1"."""

    name: str
    abi: str
    path: str


def parse_cache(text: str) -> list[LoaderCacheEntry]:
    """The lines of `ldconfig -p`, in the loader's order."""
    return [LoaderCacheEntry(*match.groups()) for match in _CACHE_LINE.finditer(text)]


@cache
def loader_cache() -> tuple[LoaderCacheEntry, ...]:
    """The loader's cache; empty where there is no ldconfig (musl, NixOS). It is asked by its path, PATH may lack it."""
    if sys.platform == "win32":
        return ()
    for program in ("/sbin/ldconfig", "/usr/sbin/ldconfig", "/sbin/ldconfig.real"):
        if exists(Path(program)):
            return tuple(parse_cache(run([program, "-p"], timeout_s=5, env={"LC_ALL": "C"}).stdout))
    return ()


def cached(name: str, entries: tuple[LoaderCacheEntry, ...], machine: str) -> list[str]:
    """The cache's paths of a library for this processor; 32-bit copies on a 64-bit machine do not count."""
    found = [entry for entry in entries if entry.name == name]
    abi = _ABI.get(machine, "")
    return [entry.path for entry in found if abi in entry.abi] if sys.maxsize > 1 << 32 else [e.path for e in found]


def default_folders(root: Path, machine: str) -> list[Path]:
    """Folders the loader searches after its cache, those of this processor first."""
    triplet = f"{machine}-linux-gnu"
    return [root / "usr/local/lib" / triplet, root / "lib" / triplet, root / "usr/lib" / triplet] + [
        root / folder for folder in _FOLDERS
    ]


def library(name: str, env: Mapping[str, str], first: tuple[Path, ...] = (), root: Path = Path("/")) -> Path | None:
    """Where the loader finds a library: the program's own folders (`first`), LD_LIBRARY_PATH, the cache, defaults."""
    return next(libraries(name, env, first, root), None)


def libraries(name: str, env: Mapping[str, str], first: tuple[Path, ...], root: Path) -> Iterator[Path]:
    machine = platform.machine()
    searched = [*first, *(Path(folder) for folder in search_path(env.get("LD_LIBRARY_PATH", "")))]
    system = [Path(path) for path in cached(name, loader_cache(), machine)] if root == Path("/") else []
    candidates = [folder / name for folder in searched] + system
    candidates += [folder / name for folder in default_folders(root, machine)]
    return (path for path in candidates if exists(path))


def search_path(value: str) -> list[str]:
    """Folders of a variable such as LD_LIBRARY_PATH, in order, without empty ones and repeats."""
    return [folder for folder in dict.fromkeys(re.split(f"[{re.escape(os.pathsep)};]", value)) if folder]


def conda_prefix(executable: str) -> Path | None:
    """The conda prefix whose Python runs here, through the links of a virtual environment made on top of it.

    Conda's Python looks for libraries in its own `lib` before anything else.
    """
    try:
        program = Path(executable).resolve()
    except (OSError, RuntimeError):
        return None
    folders = (program.parent.parent, program.parent)  # bin/python; python.exe on Windows
    return next((folder for folder in folders if exists(folder / "conda-meta")), None)


def newest_glibcxx(path: Path) -> str:
    """The highest GLIBCXX symbol version that a libstdc++ carries: "3.4.30"; "" when it cannot be read."""
    try:
        content = regular.read(path)
    except OSError:
        return ""
    found = {match[1].decode() for match in re.finditer(rb"GLIBCXX_(\d+\.\d+(?:\.\d+)?)\0", content)}
    return max(found, key=Version.of, default="")


def musl_version(root: Path = Path("/")) -> str | None:
    """musl's version, which its loader prints as "Version 1.2.4"; None where musl is not the C library."""
    loaders = listing(root / "lib", "ld-musl-*.so.1")
    if not loaders:
        return None
    match = re.search(r"Version (\S+)", run([loaders[0]], timeout_s=5).stderr)
    return match[1] if match else ""

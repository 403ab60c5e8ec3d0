"""Where the dynamic loader would find a library, without starting a process."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_DEFAULT_FOLDERS = (
    "lib64",
    "usr/lib64",
    "lib",
    "usr/lib",
    "usr/lib/wsl/lib",  # the stub of the Windows driver
    "run/opengl-driver/lib",  # NixOS
)
_VERSION = re.compile(r"\.so\.(\d{3,}(?:\.\d+)+)$")


def find(name: str, env: Mapping[str, str], root: Path = Path("/")) -> str:
    """Path of the library ("libcuda.so.1") in the loader's order, "" when it finds none."""
    if sys.platform == "win32":
        return _in_system32({"libcuda.so.1": "nvcuda.dll", "libnvidia-ml.so.1": "nvml.dll"}[name], env)
    return next((path for path in _candidates(name, env, root) if _exists(path, root)), "")


def version_of(path: str, root: Path = Path("/")) -> str | None:
    """Driver version in the real file's name: libcuda.so.1 -> libcuda.so.550.54.14."""
    found = _VERSION.search(str(_on_disk(path, root).resolve())) if path else None
    return found[1] if found else None


def _candidates(name: str, env: Mapping[str, str], root: Path) -> Iterator[str]:
    for folder in env.get("LD_LIBRARY_PATH", "").split(os.pathsep):
        if folder:
            yield os.path.join(folder, name)  # noqa: PTH118 - shown as the user wrote it
    yield from cached(name, root / "etc/ld.so.cache")
    yield from (f"/{folder}/{name}" for folder in _DEFAULT_FOLDERS)


def cached(name: str, cache: Path) -> list[str]:
    """Paths of a library in ld.so.cache, which holds them as zero-terminated strings (glibc, dl-cache.h)."""
    try:
        data = cache.read_bytes()
    except OSError:
        return []
    found = re.findall(rb"/[^\0]*/" + re.escape(name.encode()) + rb"(?=\0|$)", data)
    paths = [path.decode("utf-8", "replace") for path in dict.fromkeys(found)]
    return sorted(paths, key=lambda path: "i386" in path or "/lib32/" in path)  # 64-bit libraries first


def _exists(path: str, root: Path) -> bool:
    return _on_disk(path, root).is_file()


def _on_disk(path: str, root: Path) -> Path:
    """Paths of LD_LIBRARY_PATH that lie outside a root laid out by a test are taken as they are."""
    inside = root / path.lstrip("/")
    return inside if inside.exists() else Path(path)


def _in_system32(name: str, env: Mapping[str, str]) -> str:
    path = Path(env.get("WINDIR", "C:/Windows")) / "System32" / name
    return str(path) if path.is_file() else ""

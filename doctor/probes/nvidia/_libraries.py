"""Where the dynamic loader would find the driver's libraries, and the version in a file's name."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from doctor.probes._files import exists
from doctor.probes._loader import library

CUDA, NVML = "libcuda.so.1", "libnvidia-ml.so.1"
_ON_WINDOWS = {CUDA: "nvcuda.dll", NVML: "nvml.dll"}
_MORE_FOLDERS = ("usr/lib/wsl/lib", "run/opengl-driver/lib")  # stub of the Windows driver; NixOS
_VERSION = re.compile(r"\.so\.(\d{3,}(?:\.\d+)+)$")


def find(name: str, env: Mapping[str, str], root: Path = Path("/")) -> str:
    """Path of the library in the loader's order, "" when it finds none."""
    if sys.platform == "win32":
        folders = (env.get("WINDIR", "C:/Windows") + "/System32", *_older(env))
        more = [Path(folder, _ON_WINDOWS[name]) for folder in folders]
        first = None
    else:
        more = [root / folder / name for folder in _MORE_FOLDERS]
        first = library(name, env, root=root)
    found = first or next((path for path in more if exists(path)), None)
    return str(found or "")


def _older(env: Mapping[str, str]) -> list[str]:
    """Where drivers before 430 have NVML on Windows."""
    programs = env.get("PROGRAMFILES")
    return [f"{programs}/NVIDIA Corporation/NVSMI"] if programs else []


def version_of(path: str) -> str | None:
    """Driver version in the real file's name: libcuda.so.1 is a link to libcuda.so.550.54.14."""
    found = _VERSION.search(str(Path(path).resolve())) if path else None
    return found[1] if found else None

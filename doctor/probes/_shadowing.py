"""CUDA and torch libraries that LD_PRELOAD, LD_LIBRARY_PATH or PATH put before torch's own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from doctor.facts import ShadowingLibrary
from doctor.privacy import redact_path
from doctor.probes._files import exists, listing, resolve_links
from doctor.probes._loader import conda_prefix, search_path

_FAMILIES = (
    "cudnn|cublas|cudart|nccl|nvrtc|cufft|curand|cusparse|cusolver|nvJitLink|cupti|nvToolsExt|nvshmem|cufile"
    "|torch|c10|mkl_rt|iomp5|gomp|nvinfer|amdhip64|hipblas|rocblas|MIOpen|rccl"
)
# a library is loaded by its soname: "libcudnn.so.9", "libcudart.so.11.0", not by the name of its file
_SONAME = re.compile(rf"lib(?:{_FAMILIES})\w*\.so(?:\.\d+(?:\.\d+)?)?")
_DLL = re.compile(rf"(?i)(?:{_FAMILIES})\w*\.dll")
_PACKAGES = re.compile(r"(.*)/lib(?:64)?/python[\d.]+t?/(?:site|dist)-packages/")
_NVIDIA_PACKAGES = "lib/python*/site-packages/nvidia/*/lib"
_DRIVER = re.compile(r"libcuda\.so\.1")
_NOT_THE_DRIVERS = re.compile(r"/(?:stubs|compat)(?:/|$)")


class OwnPrefixes(NamedTuple):
    """What is the target's: prefixes of environments, and prefixes of which it owns the Python packages only."""

    environments: tuple[Path, ...]
    shared: tuple[Path, ...]


def find_shadowing(env: Mapping[str, str], executable: str = "") -> tuple[ShadowingLibrary, ...]:
    """Each library once, under the first folder that has it, in the loader's order."""
    first: dict[str, ShadowingLibrary] = {}
    for library in _all_shadowing(env, own_prefixes(env, executable)):
        first.setdefault(library.library, library)
    return tuple(first.values())


def own_prefixes(env: Mapping[str, str], executable: str) -> OwnPrefixes:
    """The system's Python and the user's own packages share their prefix with everybody."""
    called, conda = Path(executable).parent, conda_prefix(executable)
    prefix = called.parent if called.name.lower() in ("bin", "scripts") else called
    home = Path(env.get("HOME") or "~", ".local")
    if prefix in (Path("/usr"), Path("/usr/local")):
        return OwnPrefixes((), (Path("/usr"), Path("/usr/local"), home))
    return OwnPrefixes(tuple(dict.fromkeys((prefix, resolve_links(prefix), *([conda] if conda else [])))), (home,))


def is_own(path: Path, mine: OwnPrefixes) -> bool:
    """Whether a library is one that torch would load anyway.

    Of the target's packages any is; of the rest of its environment (conda's `lib`) only one that no package brings.
    """
    packages = _PACKAGES.match(str(path))
    if packages:
        return Path(packages[1]) in (*mine.environments, *mine.shared)
    inside = [prefix for prefix in mine.environments if path.is_relative_to(prefix)]
    return bool(inside) and not any(listing(prefix, f"{_NVIDIA_PACKAGES}/{path.name}") for prefix in inside)


def _all_shadowing(env: Mapping[str, str], mine: OwnPrefixes) -> Iterator[ShadowingLibrary]:
    for path in re.split(r"[:\s]+", env.get("LD_PRELOAD", "")):
        if path and (_SONAME.fullmatch(Path(path).name) or _is_false_driver(Path(path))):
            yield ShadowingLibrary(Path(path).name, redact_path(path), "LD_PRELOAD")
    variable, pattern = ("PATH", _DLL) if sys.platform == "win32" else ("LD_LIBRARY_PATH", _SONAME)
    for folder in search_path(env.get(variable, "")):
        libraries = (path for path in _libraries_in(Path(folder), pattern) if not is_own(path, mine))
        yield from (ShadowingLibrary(path.name, redact_path(path), variable) for path in libraries)


def _libraries_in(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    """Its libraries that a program asks for by name; the bare `.so` is for linking only, except torch's own."""
    named = [path for path in listing(folder) if pattern.fullmatch(path.name) and exists(path)]
    wanted = [path for path in named if not path.name.endswith(".so") or re.match(r"lib(?:torch|c10)", path.name)]
    return wanted + [path for path in listing(folder, "libcuda.so.1") if _is_false_driver(path)]


def _is_false_driver(path: Path) -> bool:
    """A libcuda that is not the driver's: a stub to link against, or a forward-compatibility package's."""
    return bool(_DRIVER.fullmatch(path.name) and _NOT_THE_DRIVERS.search(f"{path.parent}"))

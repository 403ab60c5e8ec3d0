"""CUDA and torch libraries that LD_PRELOAD, LD_LIBRARY_PATH or PATH put before torch's own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from doctor.facts import ShadowingLibrary
from doctor.privacy import redact_path
from doctor.probes._files import exists, listing, resolved
from doctor.probes._loader import search_path

_FAMILIES = (
    "cudnn|cublas|cudart|nccl|nvrtc|cufft|curand|cusparse|cusolver|nvJitLink|cupti|nvToolsExt|nvshmem|cufile"
    "|torch|c10|mkl_rt|iomp5|gomp|nvinfer|amdhip64|hipblas|rocblas|MIOpen|rccl"
)
# a library is loaded by its soname: "libcudnn.so.9", "libcudart.so.11.0", not by the name of its file
_SONAME = re.compile(rf"lib(?:{_FAMILIES})\w*\.so(?:\.\d+(?:\.\d+)?)?")
_DLL = re.compile(rf"(?i)(?:{_FAMILIES})\w*\.dll")
_DRIVER = re.compile(r"libcuda\.so\.1")
_NOT_THE_DRIVERS = re.compile(r"/(?:stubs|compat)(?:/|$)")


def found(env: Mapping[str, str], executable: str = "") -> tuple[ShadowingLibrary, ...]:
    """Each library once, under the first folder that has it, in the loader's order."""
    first: dict[str, ShadowingLibrary] = {}
    for library in _all(env, own_prefixes(env, executable)):
        first.setdefault(library.library, library)
    return tuple(first.values())


def own_prefixes(env: Mapping[str, str], executable: str) -> frozenset[str]:
    """Where the target's own packages lie: libraries in there are torch's own, whoever names their folder."""
    prefix = Path(executable).parent.parent
    mine = {str(prefix), str(resolved(prefix)), str(Path(env.get("HOME", ""), ".local"))}
    return frozenset(mine | {"/usr/local"} if str(prefix) == "/usr" else mine)


def is_own(folder: str, prefixes: frozenset[str]) -> bool:
    """A site-packages folder of the target's, or the `lib` of its prefix, which conda's torch loads from anyway."""
    match = re.match(r"(.*?)/(?:lib(?:64)?/python[\d.]+t?/(?:site|dist)-packages(?:/.*)?|lib/?)$", folder)
    return bool(match and match[1] in prefixes and (match[1] != "/usr/local" or "-packages" in folder))


def _all(env: Mapping[str, str], own: frozenset[str]) -> Iterator[ShadowingLibrary]:
    for path in re.split(r"[:\s]+", env.get("LD_PRELOAD", "")):
        if path and (_SONAME.fullmatch(Path(path).name) or _is_false_driver(Path(path))):
            yield ShadowingLibrary(Path(path).name, redact_path(path), "LD_PRELOAD")
    variable, pattern = ("PATH", _DLL) if sys.platform == "win32" else ("LD_LIBRARY_PATH", _SONAME)
    for folder in search_path(env.get(variable, "")):
        if not is_own(folder, own):
            yield from (ShadowingLibrary(path.name, redact_path(path), variable) for path in _in(Path(folder), pattern))


def _in(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    """Its libraries that a program asks for by name; the bare `.so` is for linking only, except torch's own."""
    named = [path for path in listing(folder) if pattern.fullmatch(path.name) and exists(path)]
    wanted = [path for path in named if not path.name.endswith(".so") or re.match(r"lib(?:torch|c10)", path.name)]
    return wanted + [path for path in listing(folder, "libcuda.so.1") if _is_false_driver(path)]


def _is_false_driver(path: Path) -> bool:
    """A libcuda that is not the driver's: a stub to link against, or a forward-compatibility package's."""
    return bool(_DRIVER.fullmatch(path.name) and _NOT_THE_DRIVERS.search(f"{path.parent}"))

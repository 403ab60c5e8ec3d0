"""Which GPU runs which compiled code: torch's own rule (DEVICE_REQUIREMENT of torch/cuda/__init__.py, torch 2.15.0)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

JETSON = ("5.3", "6.2", "7.2", "8.7", "10.1", "11.0")
_ONLY = {"5.3": ("5.3",), "6.2": ("6.2",), "7.2": ("7.2",), "8.7": ("8.7",)}
_THOR = ("10.1", "11.0")  # one chip: 10.1 was renamed to 11.0 with CUDA 13
_EXCLUDED = {"5.3": 5, "6.2": 6, "7.2": 7, "8.7": 8, "10.1": 10}
_UNIFIED = (13, 2)  # from this CUDA on, server code of 7.x and 8.x also runs on Jetson (7.2, 8.7)


@cache
def pair(version: str) -> tuple[int, int]:
    """("8.9" or "13.0") as numbers; a missing part counts as 0."""
    major, _, minor = version.partition(".")
    return int(major), int(minor or 0)


@cache
def cuda_of(build: str) -> str:
    """The CUDA version in a build tag: "cu126" -> "12.6", "cu92" -> "9.2"; "" for a build without CUDA."""
    digits = build.removeprefix("cu")
    return f"{digits[:-1]}.{digits[-1]}" if build.startswith("cu") and digits.isdigit() else ""


def _cubin_runs(device: str, code: str, unified: bool) -> bool:
    if code in _THOR:
        return device in _THOR
    if code in _ONLY:
        return device in _ONLY[code]
    if device in _EXCLUDED and not (unified and device in ("7.2", "8.7") and code in ("7.0", "8.0", "8.6")):
        return False
    return pair(device)[0] == pair(code)[0] and pair(device)[1] >= pair(code)[1]


def runs_on(capability: str, sm: Iterable[str], ptx: Iterable[str] = (), *, cuda: str = "") -> bool:
    """Whether a build with these cubins runs on a GPU of this compute capability ("8.9").

    Same major, device minor not below the cubin's; Jetson chips only run their own code, except that CUDA 13.2 and
    newer builds (`cuda`) let 7.x and 8.x server code run on 7.2 and 8.7. `ptx` is taken and not counted: the CUDA
    libraries beside torch carry no code for a GPU that only PTX would reach.
    """
    unified = bool(cuda) and pair(cuda) >= _UNIFIED
    return any(_cubin_runs(capability, code, unified) for code in sm)

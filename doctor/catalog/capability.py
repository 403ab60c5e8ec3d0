"""Which GPU runs which compiled code: torch's own rule (DEVICE_REQUIREMENT of torch/cuda/__init__.py, torch 2.15.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from doctor.catalog.version import Version

JETSON = ("5.3", "6.2", "7.2", "8.7", "10.1", "11.0")
_ONLY = ("5.3", "6.2", "7.2", "8.7")
_THOR = ("10.1", "11.0")  # one chip: 10.1 was renamed to 11.0 with CUDA 13
_EXCLUDED = (*_ONLY, "10.1")
_UNIFIED = (13, 2)  # from this CUDA on, server code of 7.x and 8.x also runs on Jetson (7.2, 8.7)
_SHAPE = r"(?ai)(?:(?:sm|compute)_?)?(\d{1,2})\.?(\d)[af]?"  # kept as text, as most runs do not need it compiled


class Capability(NamedTuple):
    """A compute capability: (8, 9) is "8.9" to people and sm_89 to compilers."""

    major: int
    minor: int

    @staticmethod
    @lru_cache(maxsize=1024)
    def of(text: str | None) -> Capability | None:
        """What "8.9", "sm_89", "compute_90a" or "89" names; None when the text names none."""
        found = re.fullmatch(_SHAPE, (text or "").strip())
        return Capability(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def sm(self) -> str:
        return f"sm_{self.major}{self.minor}"


def _cubin_runs(device: str, code: str, unified: bool) -> bool:
    if code in _THOR:
        return device in _THOR
    if code in _ONLY:
        return device == code
    if device in _EXCLUDED and not (unified and device in ("7.2", "8.7") and code in ("7.0", "8.0", "8.6")):
        return False
    have, made_for = Capability.of(device), Capability.of(code)
    if have is None or made_for is None:
        return False
    return have.major == made_for.major and have.minor >= made_for.minor


def runs_on(device: str, sm: Iterable[str], ptx: Iterable[str] = (), *, cuda: str = "") -> bool:
    """Whether a build with these cubins runs on a GPU of this compute capability ("8.9").

    Same major, device minor not below the cubin's; Jetson chips only run their own code, except that CUDA 13.2 and
    newer builds (`cuda`) let 7.x and 8.x server code run on 7.2 and 8.7. `ptx` is taken and not counted: the CUDA
    libraries beside torch carry no code for a GPU that only PTX would reach.
    """
    unified = Version.of(cuda) >= _UNIFIED
    return any(_cubin_runs(device, code, unified) for code in sm)

"""What `nvidia-smi` prints, asked by us or pasted by a user: versions, values of its queries, MIG instances.

| NVIDIA-SMI 550.54.14    Driver Version: 550.54.14    CUDA Version: 12.4 |
| NVIDIA-SMI 610.43.02    KMD Version: 610.43.02       CUDA UMD Version: 13.3 |
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DRIVER = re.compile(r"\b(?:Driver|KMD) Version\s*:?\s*(\d{3}[\d.]*)")
_CUDA = re.compile(r"\bCUDA (?:UMD )?Version\s*:?\s*(\d+\.\d+|N/A|ERR!|Not Found)")
_NOTHING = re.compile(
    r"\[?(?:N/A|None|No data|Not (?:Active|Found|Supported)|Unknown(?: Error)?|Insufficient Permissions|GPU is lost"
    r"|Requested functionality has been deprecated)\]?",
    re.IGNORECASE,
)
_LISTED_GPU = re.compile(r"\s*GPU (\d{1,2}): ")
_MIG_DEVICE = re.compile(r"\s+MIG (\S+)\s+Device\s+\d+:")


def driver_version(text: str) -> str | None:
    """Driver version of the table's header, whatever its label."""
    found = _DRIVER.search(text)
    return found[1] if found else None


def cuda_version(text: str) -> str | None:
    """CUDA version of the table's header: "12.4"; "" where it prints N/A; None where it prints none (before R410)."""
    found = _CUDA.search(text)
    if not found:
        return None
    return found[1] if found[1][0].isdigit() else ""


def mig_profiles(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """MIG profiles under each GPU of `nvidia-smi -L`, by the GPU's index.

    GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-…)
      MIG 1g.5gb      Device  0: (UUID: MIG-…)
    """
    found: dict[int, tuple[str, ...]] = {}
    index: int | None = None
    for line in lines:
        if gpu := _LISTED_GPU.match(line):
            index = int(gpu[1])
        elif index is not None and (device := _MIG_DEVICE.match(line)):
            found[index] = (*found.get(index, ()), device[1])
    return found


def value_of(text: str | None) -> str | None:
    """The value of a query, None where it says that there is none."""
    return None if not text or _NOTHING.fullmatch(text) else text


def number_of(text: str | None) -> int | None:
    found = re.match(r"\d{1,9}", text or "")
    return int(found[0]) if found else None


def bytes_of(text: str | None) -> int | None:
    """Of "24564 MiB"."""
    number = number_of(text)
    return None if number is None else number * 1024 * 1024


def switch_of(text: str | None) -> bool | None:
    return {"enabled": True, "disabled": False}.get((text or "").lower().rstrip("*"))

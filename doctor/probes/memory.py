"""Memory: RAM, swap or page file, and the limit of the control group."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from doctor.facts import Memory
from doctor.probes import _cgroup, _windows
from doctor.probes._files import read
from doctor.target import Target

_LINE = re.compile(r"^(\w+):\s+(\d{1,18})(?: kB)?$", re.MULTILINE)


def probe(_target: Target) -> Memory:
    return linux() if sys.platform == "linux" else _by_psutil()


def linux(root: Path = Path("/")) -> Memory:
    """From `/proc/meminfo`; the limit of the control group stands beside it, unmixed."""
    values = parse_meminfo(read(root / "proc/meminfo"))
    return Memory(
        total_bytes=values.get("MemTotal"),
        available_bytes=_available(values),
        swap_bytes=values.get("SwapTotal"),
        swap_free_bytes=values.get("SwapFree"),
        cgroup_limit_bytes=_cgroup.memory_limit(root),
    )


def parse_meminfo(text: str) -> dict[str, int]:
    """Bytes by name; `text` is `/proc/meminfo`, whose "kB" are 1024 bytes."""
    return {name: int(number) * 1024 for name, number in _LINE.findall(text)}


def _available(values: dict[str, int]) -> int | None:
    if "MemAvailable" in values or "MemFree" not in values:
        return values.get("MemAvailable")
    return values["MemFree"] + values.get("Buffers", 0) + values.get("Cached", 0)  # kernels before 3.14 and WSL 1


def _by_psutil() -> Memory:
    import psutil

    return told_by(psutil.virtual_memory, psutil.swap_memory)


def told_by(ram: Callable[[], Any], swap: Callable[[], Any]) -> Memory:
    """Each asked for itself: psutil takes how full a page file is from Windows' counters, which may be turned off."""
    memory, page_file = _told(ram), _told(swap)
    return Memory(
        total_bytes=memory and memory.total,
        available_bytes=memory and memory.available,
        swap_bytes=page_file.total if page_file else _windows.page_file(_windows.commitment()),
        swap_free_bytes=page_file and page_file.free,
        page_file_managed=_windows.page_file_managed(_windows.key_values(_windows.MEMORY_MANAGEMENT)),
    )


def _told(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (RuntimeError, OSError):
        return None

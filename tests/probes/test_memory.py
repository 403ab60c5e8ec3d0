"""Memory, from /proc/meminfo and the control group."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from doctor.probes import _windows, memory
from doctor.target import Target
from tests.probes.trees import lay

MEMINFO = """MemTotal:       65758468 kB
MemFree:         2312404 kB
MemAvailable:   48123920 kB
Buffers:          914424 kB
Cached:         43013092 kB
SwapTotal:       2097148 kB
SwapFree:        1048576 kB
HugePages_Total:       0
"""


def test_meminfo(tmp_path: Path) -> None:
    found = memory.linux(lay(tmp_path, {"proc/meminfo": MEMINFO}))
    assert found.total_bytes == 65758468 * 1024
    assert found.available_bytes == 48123920 * 1024
    assert (found.swap_bytes, found.swap_free_bytes) == (2097148 * 1024, 1 << 30)
    assert found.cgroup_limit_bytes is None


def test_without_an_estimate_of_available_memory(tmp_path: Path) -> None:
    old = MEMINFO.replace("MemAvailable:   48123920 kB\n", "")
    found = memory.linux(lay(tmp_path, {"proc/meminfo": old}))
    assert found.available_bytes == (2312404 + 914424 + 43013092) * 1024


def test_a_machine_that_tells_nothing(tmp_path: Path) -> None:
    found = memory.linux(tmp_path)
    assert (found.total_bytes, found.available_bytes, found.swap_bytes) == (None, None, None)


def test_this_machine(target: Target) -> None:
    found = memory.probe(target)
    assert found.total_bytes is not None
    assert found.available_bytes is not None
    assert 0 < found.available_bytes <= found.total_bytes


def test_windows_without_its_counters_still_tells_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> NoReturn:
        raise RuntimeError("PdhAddEnglishCounterW failed. Performance counters may be disabled.")

    ram = SimpleNamespace(total=16 << 30, available=9 << 30)
    monkeypatch.setattr(_windows, "commitment", lambda: _windows.Commitment(limit=20 << 30, memory=16 << 30))
    found = memory.told_by(lambda: ram, failing)
    assert (found.total_bytes, found.available_bytes) == (16 << 30, 9 << 30)
    assert (found.swap_bytes, found.swap_free_bytes) == (4 << 30, None)
    swap = SimpleNamespace(total=2 << 30, free=1 << 30)
    assert memory.told_by(failing, lambda: swap).swap_bytes == 2 << 30

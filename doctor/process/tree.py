"""Ending a process with everything it started: its group, its descendants, and those that slipped away from both.

A process that called setsid and whose parent is gone is nobody's child any more. On Linux such orphans come to us
(we are a "child subreaper"), and a variable in their environment tells which run they belong to. Elsewhere the group
and the descendants are all there is to go by.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from doctor.bootstrap import guard

if TYPE_CHECKING:
    import psutil

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_REAP_S = 1.0


@cache
def adopt_orphans() -> bool:
    """Have Linux give us the orphans of our children; False where it cannot."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def kill(pid: int, mark: str, *, alive: bool) -> None:
    """Kill a child of ours that leads its own group, and all that came of it.

    The child itself is not reaped: until it is, its number cannot be given to another process. `mark` is the value of
    `DOCTOR_RUN` in its environment. The descendants of one that has ended have become orphans.
    """
    strays = _descendants(pid) if alive else []
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    _kill_all(strays)
    if adopt_orphans():
        _kill_orphans(mark, pid)


def _kill_orphans(mark: str, leader: int) -> None:
    """Twice, because what dies leaves us its own children."""
    for _ in range(2):
        orphans = [pid for pid in _our_children() if pid != leader and _has_mark(pid, mark)]
        if not orphans:
            return
        for pid in orphans:
            _kill_all([*_descendants(pid), *_process(pid)])


def _our_children() -> set[int]:
    try:
        texts = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    except OSError:
        texts = []
    if texts:
        return {int(number) for text in texts for number in text.split()}
    return {child.pid for own in _process(os.getpid()) for child in own.children()}  # a kernel without those files


def _has_mark(pid: int, mark: str) -> bool:
    try:
        return f"{guard.VARIABLE}={mark}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _descendants(pid: int) -> list[psutil.Process]:
    import psutil

    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _process(pid: int) -> list[psutil.Process]:
    import psutil

    try:
        return [psutil.Process(pid)]
    except psutil.Error:
        return []


def _kill_all(processes: Collection[psutil.Process]) -> None:
    if not processes:
        return
    import psutil

    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, timeout=_REAP_S)

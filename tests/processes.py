"""What the tests of child processes share: one-line programs, and whether a process is still there."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from psutil import pid_exists

PYTHON = sys.executable
# a program that reads at address 0, and what that is called
CRASH, CRASHED = ("import faulthandler; faulthandler._read_null()", "SIGSEGV")
START_S = 0.0  # what a program takes to start where that counts
if sys.platform == "win32":
    CRASHED, START_S = "STATUS_ACCESS_VIOLATION", 8.0


def code(text: str) -> list[str]:
    return [PYTHON, "-c", text]


def alive(pid: int) -> bool:
    try:
        return (
            "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() if sys.platform == "linux" else pid_exists(pid)
        )
    except OSError:
        return False


def gone(pid: int) -> bool:
    """Waits a moment for a killed process to leave."""
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False

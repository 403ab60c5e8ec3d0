"""What the tests of child processes share: one-line programs, and whether a process is still there."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

PYTHON = sys.executable


def code(text: str) -> list[str]:
    return [PYTHON, "-c", text]


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() if sys.platform == "linux" else _exists(pid)
    except OSError:
        return False


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def gone(pid: int) -> bool:
    """Waits a moment for a killed process to leave."""
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False

"""What pip, uv, conda, apt, PowerShell and Windows say when they fail, in English (languages/ has it in others).

The first row that matches a line decides: the specific ones stand before the general ones, and whatever two files know
of the same line belongs to the one that is named first. Numbers of errors are those of Windows where they follow
"WinError" or "os error" and no system that counts otherwise says the same.
"""

from __future__ import annotations

from doctor.bootstrap.known_failures import (
    apt,
    building,
    channels,
    compiling,
    conda,
    conda_packages,
    disk,
    git,
    index,
    libraries,
    machine,
    naming,
    network,
    pip,
    powershell,
    programs,
    protection,
    proxy,
    python,
    shells,
    tls,
    uv,
    winget,
)
from doctor.bootstrap.known_failures.reason import Reason, Row, Spelling

__all__ = ["KNOWN", "Reason", "Spelling"]

_FILES = (
    protection,
    winget,
    shells,
    powershell,
    pip,
    disk,
    machine,
    conda,
    conda_packages,
    channels,
    uv,
    python,
    programs,
    libraries,
    apt,
    git,
    naming,
    proxy,
    tls,
    network,
    index,
    compiling,
    building,
)
KNOWN: tuple[Row, ...] = tuple(row for one in _FILES for row in one.ROWS)

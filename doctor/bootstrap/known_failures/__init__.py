"""What pip, uv, conda, apt, PowerShell and Windows say when they fail, in English (languages/ has it in others).

The first row that matches a line decides: the specific ones stand before the general ones, and whatever two files know
of the same line belongs to the one that is named first. Numbers of errors are those of Windows where they follow
"WinError" or "os error" and no system that counts otherwise says the same.
"""

from __future__ import annotations

from doctor.bootstrap.known_failures import (
    apt,
    asked,
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
    named_programs,
    naming,
    network,
    pip,
    powershell,
    programs,
    project,
    protection,
    proxy,
    python,
    setup_scripts,
    shells,
    tls,
    uv,
    wheels,
    winget,
)
from doctor.bootstrap.known_failures.reason import Reason, Row, Spelling

__all__ = ["KNOWN", "Reason", "Spelling"]

_FILES = (
    protection,
    winget,
    shells,
    powershell,
    asked,
    pip,
    disk,
    machine,
    conda,
    conda_packages,
    channels,
    project,
    uv,
    python,
    named_programs,
    programs,
    libraries,
    apt,
    git,
    naming,
    proxy,
    tls,
    network,
    wheels,
    index,
    compiling,
    setup_scripts,
    building,
)
KNOWN: tuple[Row, ...] = tuple(row for one in _FILES for row in one.ROWS)

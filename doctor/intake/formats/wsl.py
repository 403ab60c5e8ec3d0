"""`wsl --version`, `wsl --status`, `wsl -l -v`: asked in Windows, they do not tell where the program ran."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`wsl --version`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (
    r"(?:WSL|WSLg|MSRDC|Direct3D|DXCore)(?: version|[- ]Version| 版本)?:\s*\d+\.",
    r"(?:Kernel version|内核版本|Kernelversion|Kernel-Version):\s*\d+\.\d+\.\d+",
    r"(?:Default Distribution|默认分发|默认分发版|Standarddistribution):\s",
    r"(?:Default Version|默认版本|Standardversion):\s*[12]$",
    r"\s*NAME\s+STATE\s+VERSION$",
    r"[ *] \S+\s+(?:Running|Stopped|Installing|正在运行|已停止|Wird ausgeführt|Beendet)\s+[12]$",
    r"(?:Windows Subsystem for Linux was last updated on|WSL automatic updates are) ",
)
_WINDOWS = re.compile(r"Windows(?: version|[- ]Version| 版本):\s*10\.0\.(\d{5})(?:\.\d+)?$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    rest = re.compile("|".join(LEFT_OUT))
    used = {index for index, line in enumerate(lines) if rest.match(line)}
    windows = next(((i, m[1]) for i, line in enumerate(lines) if (m := _WINDOWS.match(line))), None)
    if windows is None or not any("WSL" in lines[index] for index in used):
        return {}, used
    return {"host": Host(windows_build=windows[1])}, used | {windows[0]}

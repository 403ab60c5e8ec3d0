"""Display adapters that Windows lists: `wmic path win32_VideoController`, `Get-CimInstance Win32_VideoController`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host
from doctor.intake.adapters import DisplayAdapter, facts_of, windows_driver
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`Win32_VideoController`"
WITNESS = Witness.SYSTEM
OPENS = ""
_OTHERS = (
    r"(?:Caption|Description|InstallDate|Status\w*|Availability|ConfigManager\w+|CreationClassName|DeviceID|Error\w+"
    r"|LastErrorCode|PowerManagement\w+|System\w+|Current\w+|Max\w+|Min\w+|NumberOf\w+|Protocol\w+|TimeOfLastReset"
    r"|Accelerator\w+|Adapter\w+|Capability\w+|Capabilities|Color\w+|Device\w+|Dither\w+|Driver\w+|ICM\w+|Inf\w+"
    r"|InstalledDisplayDrivers|Monochrome|Reserved\w+|Specification\w+|Video\w+|PSComputerName)\s*[:=]"
)
LEFT_OUT = (r"-{2,}(?:\s+-{2,})*$", _OTHERS, r"\s{20,}\S")
_HEADS = re.compile(
    r"Name\s*$|(?:(?:Name|Caption|DriverVersion|AdapterRAM|VideoProcessor|PNPDeviceID|Status)\b\s*){2,}$"
)
_LISTED = re.compile(r"(Name|Caption|DriverVersion|PNPDeviceID)\s*[:=]\s*(\S.*)$")
_VERSION = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{4}(?![\d.])")
_DEVICE = re.compile(r"VEN_([0-9A-F]{4})&(?:amp;)?DEV_([0-9A-F]{4})")
_NAME = re.compile(
    r"(?<![\w&\\])(?:NVIDIA|AMD|Intel|Radeon|Microsoft Basic|Quadro|Tesla)[^\\]*?(?=\s{2,}|\s+\d+\.\d+\.|$)"
)
Values = dict[str, str]


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    rows, used = _table(lines)
    if not rows:
        rows, used = _list(lines)
    adapters = [one for row in rows if (one := _adapter(row))]
    if not adapters:
        return {}, set()
    return {"host": Host(os="windows", distribution_id="windows", libc=""), **facts_of(adapters)}, used


def _table(lines: Sequence[str]) -> tuple[list[str], set[int]]:
    head = next((index for index, line in enumerate(lines) if _HEADS.match(line)), None)
    if head is None or (not any(map(_NAME.match, lines[head + 1 : head + 3])) and lines[head].strip() == "Name"):
        return [], set()
    end = head + 1
    while end < len(lines) and (
        re.match(LEFT_OUT[0], lines[end]) or not lines[end].strip() or _NAME.search(lines[end])
    ):
        end += 1
    return [line for line in lines[head + 1 : end] if _NAME.search(line)], set(range(head, end))


def _list(lines: Sequence[str]) -> tuple[list[str], set[int]]:
    """Lists have the name and the version of an adapter in any order; a key that was there begins the next one."""
    found: list[Values] = []
    last, used = 0, set[int]()
    rest = re.compile("|".join(LEFT_OUT))
    marked = any(re.match(r"DriverVersion\s*[:=]\s*\d{1,2}(?:\.\d+){3}$", line) for line in lines)
    for index, line in enumerate(lines if marked else ()):
        if match := _LISTED.match(line):
            if not found or match[1] in found[-1]:
                found.append({})
            found[-1][match[1]] = match[2]
            last = index
        if match or (found and rest.match(line) and index - last < 60):
            used.add(index)
    return ["  ".join(one.values()) for one in found], used


def _adapter(row: str) -> DisplayAdapter | None:
    name, version, ids = _NAME.search(row), _VERSION.search(row), _DEVICE.search(row)
    if not name:
        return None
    green = ids[1] == "10DE" if ids else "NVIDIA" in name[0]
    driver = windows_driver(version[0]) if version and green else None
    return DisplayAdapter(name[0].strip(), driver, f"{ids[1]}:{ids[2]}".lower() if ids else None)

"""`lspci`, also with numbers (`-nn`), with drivers (`-k`), as records (`-vm`); `lshw -C display`: the PCI bus."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Host
from doctor.intake.adapters import DisplayAdapter, facts_of
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`lspci` or `lshw`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (r"\t\S", r"\s{4,}(?:Subsystem|Kernel|Flags|Memory|I/O|Expansion|Capabilities|DeviceName|Physical Slot)\b")
_DEVICE = re.compile(
    r"\s*(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] (\S[^:]{2,60}?)(?: \[[0-9a-f]{4}\])?: (\S.*)$"
)
_CLASS = re.compile(r"controller|[Bb]ridge|device|accelerators|memory|interface|peripheral|hub|IOMMU|Instrumentation")
_DISPLAY = re.compile(r"VGA compatible|3D|Display|Processing accelerators")
_IDS = re.compile(r"(?<!\s)\s*\[([0-9a-f]{4}:[0-9a-f]{4})\]")
_KERNEL = re.compile(r"\s+Kernel (driver in use|modules): (\S.*)$")
_FIELD = re.compile(
    r"(Slot|Class|Vendor|Device|SVendor|SDevice|PhySlot|Rev|ProgIf|Driver|Module|NUMANode|IOMMUGroup):\s+(\S.*)$"
)
_ID = re.compile(r"(?<!\s)\s*\[([0-9a-f]{4})\]$")
_LSHW = re.compile(r"[\s_>]*\*-(?:display|3d)(?::\d+)?(?: UNCLAIMED)?\s*$", re.IGNORECASE)
_LSHW_VALUE = re.compile(r"\s+(product|vendor|configuration): (\S.*)$")
_LSHW_LINE = (
    r"\s+(?:description|product|vendor|physical id|bus info|version|width|clock|capabilities|configuration|resources"
    r"|logical name|size|serial): "
)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    adapters, used, installed = _lspci(lines)
    records, recorded = _records(lines)
    adapters, used = [*adapters, *records], used | recorded
    listed, more = _lshw(lines)
    facts = facts_of([*adapters, *(one for one in listed if not adapters)])
    if "nvidia" in facts and installed is not None:
        facts["nvidia"] = msgspec.structs.replace(facts["nvidia"], module_installed=installed)
    return ({**facts, "host": Host(os="linux")} if facts else {}), used | more


def _lspci(lines: Sequence[str]) -> tuple[list[DisplayAdapter], set[int], bool | None]:
    """The display devices, the lines of all devices, and whether the running kernel has a module of NVIDIA's."""
    found, used, installed, open_device = list[DisplayAdapter](), set[int](), None, False
    below = re.compile("|".join(LEFT_OUT))
    for index, line in enumerate(lines):
        if (device := _DEVICE.match(line)) and _CLASS.search(device[1]):
            open_device = bool(_DISPLAY.match(device[1]))
            if open_device:
                ids = _IDS.findall(device[2])
                found.append(DisplayAdapter(_IDS.sub("", device[2]), pci_id=ids[-1] if ids else None))
        elif not (used and index - 1 in used and below.match(line)):
            continue
        used.add(index)
        if open_device and (kernel := _KERNEL.match(line)):
            if kernel[1] == "driver in use":
                found[-1] = found[-1]._replace(module=kernel[2])
            elif "NVIDIA" in found[-1].name:
                installed = "nvidia" in re.split(r", ?", kernel[2])
    return found, used, installed


def _records(lines: Sequence[str]) -> tuple[list[DisplayAdapter], set[int]]:
    """The display devices of `-vm`, a field a line and an empty line behind each record."""
    found, used, record = list[DisplayAdapter](), set[int](), dict[str, str]()
    for index, line in enumerate([*lines, ""]):
        if field := _FIELD.match(line):
            record[field[1]] = field[2]  # the slot may be called "Device", too, and comes first
            used.add(index)
        elif record:
            if _DISPLAY.match(record.get("Class", "")) and "Vendor" in record:
                found.append(_adapter(record))
            elif not {"Class", "Vendor"} <= record.keys():
                used -= set(range(index - len(record) - 1, index))
            record = {}
    return found, used


def _adapter(record: dict[str, str]) -> DisplayAdapter:
    vendor, device = record["Vendor"], record.get("Device", "")
    ids = [match[1] for match in (_ID.search(vendor), _ID.search(device)) if match]
    name = f"{_ID.sub('', vendor)} {_ID.sub('', device)}"
    return DisplayAdapter(name, pci_id=":".join(ids) if len(ids) == 2 else None, module=record.get("Driver"))


def _lshw(lines: Sequence[str]) -> tuple[list[DisplayAdapter], set[int]]:
    found, used = list[DisplayAdapter](), set[int]()
    for start in (index for index, line in enumerate(lines) if _LSHW.match(line)):
        block = stretch(lines, start, _LSHW_LINE)
        values = {match[1]: match[2] for index in block if (match := _LSHW_VALUE.match(lines[index]))}
        driver = re.search(r"\bdriver=(\S+)", values.get("configuration", ""))
        used |= set(block)
        if "vendor" in values:
            name = f"{values['vendor']} {values.get('product', '')}".strip()
            found.append(DisplayAdapter(name, module=driver[1] if driver else None))
    return found, used

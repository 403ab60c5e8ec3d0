"""`dxdiag` saved as text: the system, and a block of lines for each display adapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Cpu, Memory
from doctor.intake.adapters import DisplayAdapter, facts_of, windows_driver
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os
from doctor.intake.values import bytes_of, known_sections
from doctor.intake.witness import Witness

TITLE = "`dxdiag`"
WITNESS = Witness.SYSTEM
OPENS = r"^\s*Time of this report:"
LEFT_OUT = (
    r"-{5,}$",
    r"(?:System Information|DxDiag Notes|Display Devices|Sound Devices|Sound Capture Devices)$",
    r"\s+[A-Z][\w /().'#&-]{1,40}:(?:\s|$)",
    r"\s{10,}\S",
    r"(?:Manufacturer|Chip type|DAC type|Device \w+|Driver [\w ]+|Display [\w ]+|Shared Memory|Current Mode|HDR Support"
    r"|Color Primaries|Monitor \w+|Native Mode|Output Type|Advanced Color|Active Color Mode|Using DDisplay|WCG"
    r"|DDI Version|Feature Levels|Hardware Scheduling|\w+ Preemption|Miracast|Hybrid Graphics GPU|GPU Mux Support"
    r"|Power P-states|Virtualization|Block List|Catalog Attributes|Machine \w+|System M\w+|Language|BIOS|Windows Dir"
    r"|Available OS Memory|Page File|DirectX Version|DX Setup Parameters|User DPI Setting|\w+ DPI Scaling):",
)
_VALUE = re.compile(
    r"^\s*(Operating System|Processor|Memory|Card name|Driver Version|Device Key|Device Problem Code|Dedicated Memory)"
    r":\s*(\S.*?)(?<!\s)\s*$"
)
Values = dict[str, str]


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    cards = [index for index, line in enumerate(lines) if line.lstrip().startswith("Card name:")]
    if not cards:
        return {}, set()
    shape = "|".join((_VALUE.pattern, *LEFT_OUT))
    block = stretch(lines, cards[0], shape, shape)
    blocks: list[Values] = [{}]
    for index in block:
        if found := _VALUE.match(lines[index]):
            if found[1] == "Card name":
                blocks.append({})
            blocks[-1].setdefault(found[1], found[2])
    adapters = facts_of(map(_adapter, blocks[1:]))
    return {**_system(blocks[0]), **adapters}, set(block)


def _system(values: Values) -> Partial:
    host = host_of_os(values.get("Operating System", "Windows"))
    return known_sections(
        {
            "host": msgspec.structs.replace(host, distribution=re.sub(r" \(.*", "", host.distribution or "")),
            "cpu": Cpu(model=re.sub(r"(?<!\s)\s*\(\d+ CPUs\).*", "", values.get("Processor", "")) or None),
            "memory": Memory(total_bytes=bytes_of(values.get("Memory"))),
        }
    )


def _adapter(values: Values) -> DisplayAdapter:
    """An adapter with a problem has no driver that runs it; the number is NVIDIA's own only of NVIDIA's driver."""
    ids = re.search(r"VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})", values.get("Device Key", ""))
    name = values["Card name"]
    runs = values.get("Device Problem Code", "No Problem") == "No Problem" and not name.startswith("Microsoft")
    green = ids[1] == "10DE" if ids else "NVIDIA" in name
    driver = windows_driver(values.get("Driver Version", "")) if green and runs else None
    pci_id = f"{ids[1]}:{ids[2]}".lower() if ids else None
    return DisplayAdapter(name, driver, pci_id, memory_bytes=bytes_of(values.get("Dedicated Memory")))

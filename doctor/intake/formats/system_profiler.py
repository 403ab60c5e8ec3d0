"""A Mac's own tools: `system_profiler` (hardware, displays, software) and `sw_vers`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.facts import Apple, Cpu, Memory
from doctor.intake.adapters import DisplayAdapter, facts_of
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.platforms import host_of_os
from doctor.intake.values import bytes_of, known_sections
from doctor.intake.witness import Witness

TITLE = "`system_profiler` or `sw_vers`"
WITNESS = Witness.SYSTEM
OPENS = ""
LEFT_OUT = (r"\s{4,}\S.{1,60}?:(?:\s|$)", r"(?:Hardware|Graphics/Displays|Software):$", r"BuildVersion:\s")
_HEAD = re.compile(
    r"(?:Hardware|Graphics/Displays|Software):$|\s+(?:Hardware Overview:|Model Identifier: |Chipset Model: )"
)
_VALUE = re.compile(
    r"\s+(Chip|Processor Name|Memory|Total Number of Cores|Chipset Model|System Version|Kernel Version):\s+(\S.*)$"
)
_PRODUCT = re.compile(r"(ProductName|ProductVersion):\s*(\S.*)$")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    product = {index: match for index, line in enumerate(lines) if (match := _PRODUCT.match(line))}
    used = set(product) | {i for i, line in enumerate(lines) if product and re.match(LEFT_OUT[2], line)}
    told = {match[1]: match[2] for match in product.values()}
    cards = list[str]()
    for head in (index for index, line in enumerate(lines) if _HEAD.match(line)):
        if head in used:
            continue
        block = stretch(lines, head, "|".join(LEFT_OUT[:2]), LEFT_OUT[0])
        used |= set(block)
        for found in filter(None, (_VALUE.match(lines[index]) for index in block)):
            told.setdefault(found[1], found[2])
            cards += [found[2]] if found[1] == "Chipset Model" else []
    if "ProductVersion" in told:
        told["System Version"] = f"macOS {told['ProductVersion']}"
    if not told.keys() & {"Chip", "Processor Name", "Chipset Model", "System Version"}:
        return {}, set()
    return {**facts_of(DisplayAdapter(name) for name in cards), **_mac(told)}, used


def _mac(told: dict[str, str]) -> Partial:
    version = re.sub(r" \(.*", "", told.get("System Version", "macOS"))
    chip = told.get("Chip") or (told["Chipset Model"] if told.get("Chipset Model", "").startswith("Apple") else None)
    intel = "Intel" in told.get("Processor Name", "")
    kernel = told.get("Kernel Version", "").removeprefix("Darwin ").strip()
    host = msgspec.structs.replace(
        host_of_os(version), architecture="arm64" if chip else "x86_64" if intel else None, kernel=kernel or None
    )
    cores = re.match(r"\d{1,4}\b", told.get("Total Number of Cores", "") if "Memory" in told else "")
    apple = Apple(chip=chip, macos=host.distribution_version)
    cpu = Cpu(model=chip or told.get("Processor Name"), physical=int(cores[0]) if cores else None)
    memory = Memory(total_bytes=bytes_of(told.get("Memory")))
    return known_sections({"host": host, "apple": apple, "cpu": cpu, "memory": memory})

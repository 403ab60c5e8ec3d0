"""`clinfo`: OpenCL's platforms and devices, as a tree (`-l`) or with all their properties; AMD's own layout."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Cpu
from doctor.intake.adapters import DisplayAdapter, facts_of
from doctor.intake.keyed import stretch
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`clinfo`"
WITNESS = Witness.DRIVER
OPENS = r"^Number of platforms:?\s+\d"
LEFT_OUT = (
    r"Platform #\d+: ",
    r"Number of (?:platforms|devices):?\s",
    r"\s{2,}\S",
    r"(?:NULL platform|ICD loader|Device OpenCL C)",
)
_TREE = re.compile(r"\s+[`|+]-- Device #\d+: (\S.*)$")
_VALUE = re.compile(
    r"\s*(Device Name|Name|Device Board Name \(AMD\)|Board name|Device Type|Driver Version)"
    r"(?::\s+|\s{2,})(\S.*?)(?<!\s)\s*$",
    re.IGNORECASE,
)
Values = dict[str, str]


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    tree = {index: match[1] for index, line in enumerate(lines) if (match := _TREE.match(line))}
    heads = {index for index, line in enumerate(lines) if re.match(LEFT_OUT[0], line)}
    if tree:
        return facts_of(DisplayAdapter(name) for name in tree.values()), set(tree) | heads
    start = next((index for index, line in enumerate(lines) if re.match(OPENS, line)), None)
    if start is None:
        return {}, set()
    block = stretch(lines, start, "|".join(LEFT_OUT[1:]))
    devices = _devices(lines[block.start : block.stop])
    facts = facts_of(map(_adapter, (one for one in devices if "GPU" in one.get("device type", ""))))
    cpu = next((one["name"] for one in devices if "CPU" in one.get("device type", "") and "name" in one), None)
    return {**facts, **({"cpu": Cpu(model=cpu)} if cpu else {})}, set(block)


def _devices(lines: Sequence[str]) -> list[Values]:
    """A device's values begin with its name; AMD's layout has its type first and the name late."""
    found: list[Values] = []
    for line in lines:
        if not (match := _VALUE.match(line)):
            continue
        key = match[1].lower().removesuffix(" (amd)").replace("device name", "name").replace("device board", "board")
        if not found or key in found[-1]:
            found.append({})
        found[-1][key] = match[2]
    return found


def _adapter(one: Values) -> DisplayAdapter:
    """The board's name where the device is only called "gfx1030"; the driver's where its number is of NVIDIA's form."""
    driver = one.get("driver version", "")
    name = one.get("board name") or one.get("name", "")
    named = re.fullmatch(r"\d{3}\.\d{2,3}(?:\.\d{1,2})?", driver) and not name.startswith(("AMD", "Intel"))
    return DisplayAdapter(name, driver=driver if named else None)

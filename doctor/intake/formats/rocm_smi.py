"""`rocm-smi`: the table of ROCm's releases, which has PCI ids at most, and `--showproductname`, which has names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from doctor import catalog
from doctor.facts import Amd, AmdGpu
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "`rocm-smi`"
WITNESS = Witness.DRIVER
OPENS = r"ROCm System Management Interface"
LEFT_OUT = (
    r"\s*=+(?: [\w /]+ =+)?$",
    r"\s*(?:GPU|Device)\s+(?:Node\s+)?(?:IDs|Temp|DID)\b",
    r"\s*(?:\[Model : Revision\]|\(DID,|Name \(20 chars\))",
    r"\s*\d+\s+(?:\d+\s+)?(?:\[?0x\w++|\d+\.\d+ ?°?c|N/A|\w{4}\s).*(?:%|N/A|Unsupported)$",
    r"\s*(?:Navi|Vega|Arcturus|Aldebaran|Radeon|AMD)\b[\w ]{0,20}$",
    r"(?:GPU|cardsystem)(?:\[\d+\])?\s*:\s*[A-Z]",
    r"Driver version:",
)
_VALUE = re.compile(r"GPU\[(\d{1,3})\]\s*:\s*(Card series|Card model|GFX Version):\s*(\S.*)$", re.IGNORECASE)
_DEVICE = re.compile(r"\s*(\d{1,3})\s+\d{1,3}\s+(?:\[0x\w+ : 0x\w+\] )?0x([0-9a-f]{4}),?\s", re.IGNORECASE)
_NUMBER = re.compile(r"0x[0-9a-f]+$", re.IGNORECASE)


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    start = next((index for index, line in enumerate(lines) if re.search(OPENS, line)), None)
    if start is None:
        return {}, set()
    more = re.compile("|".join(LEFT_OUT))
    used, cards, chips = {start}, dict[int, dict[str, str]](), dict[int, str]()
    for index, line in enumerate(lines[start + 1 :], start + 1):
        if value := _VALUE.match(line):
            cards.setdefault(int(value[1]), {})[value[2].lower()] = value[3].strip()
        elif device := _DEVICE.match(line):
            chips.setdefault(int(device[1]), device[2])
        if more.match(line):
            used.add(index)
        elif line.strip() and index - max(used) > 2:
            break
    gpus = tuple(AmdGpu(name, card.get("gfx version"), i) for i, card in cards.items() if (name := _name(card)))
    return {"amd": Amd(gpus=gpus or _gpus(chips), driver_loaded=True)}, used


def _gpus(chips: Mapping[int, str]) -> tuple[AmdGpu, ...]:
    """By their PCI ids, where the catalog has all of them."""
    rows = {index: catalog.amd_chip(device) for index, device in chips.items()}
    known = tuple(AmdGpu(f"AMD {row.chip}", row.gfx, index) for index, row in rows.items() if row)
    return known if len(known) == len(rows) else ()


def _name(card: dict[str, str]) -> str:
    """What it could name: where it knows no name it prints the PCI id."""
    named = (card.get(key, "") for key in ("card series", "card model"))
    name = next((value for value in named if value and value != "N/A" and not _NUMBER.match(value)), "")
    bracket = re.search(r"\[([^\[\]]+)\]", name)
    return bracket[1] if bracket else name

"""What `torch.cuda.get_device_properties()` and its like for XPU print: a line for each device that torch can use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.intake.devices import ListedGpu, facts_of_devices
from doctor.intake.gpus import MIB
from doctor.intake.keyed import facts_of
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "properties of a device, as torch prints them"
WITNESS = Witness.PROGRAM
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_LINE = re.compile(r"\b_(?P<kind>Cuda|Xpu)DeviceProperties\(name='(?P<name>[^'\n]{2,80})', (?P<rest>[^\n]{1,600})\)")
_CAPABILITY = re.compile(r"\bmajor=(\d{1,2}), minor=(\d)\b")
_GFX = re.compile(r"\bgcnArchName='(gfx[0-9a-f]{3,4})")
_MEMORY = re.compile(r"\btotal_memory=(\d{1,7})MB\b")
_AVAILABLE = {"Cuda": "is cuda available", "Xpu": "is xpu available"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    found = {index: match for index, line in enumerate(lines) if (match := _LINE.search(line))}
    raw = {_AVAILABLE[match["kind"]]: "True" for match in found.values()}
    return merge(facts_of(raw), facts_of_devices(map(_device, found.values()))), set(found)


def _device(line: re.Match[str]) -> ListedGpu:
    """The device. Of one that is not NVIDIA's, the numbers of its ISA stand where a capability would."""
    capability, gfx, memory = (shape.search(line["rest"]) for shape in (_CAPABILITY, _GFX, _MEMORY))
    return ListedGpu(
        line["name"],
        int(memory[1]) * MIB if memory else None,
        f"{capability[1]}.{capability[2]}" if capability and not gfx else None,
        gfx[1] if gfx else None,
    )

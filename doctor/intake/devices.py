"""Accelerators as a program lists them: each by its name, and what it tells beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from doctor.facts import Amd, AmdGpu, Gpu, Host, Intel, Nvidia
from doctor.intake import gpus
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections


class ListedGpu(NamedTuple):
    name: str
    memory_bytes: int | None = None
    capability: str | None = None
    gfx: str | None = None


def facts_of_devices(devices: Iterable[ListedGpu], source: str = "torch") -> Partial:
    """The accelerators, in the order in which they are listed."""
    nvidia, amd, intel, jetson = list[Gpu](), list[AmdGpu](), list[str](), ""
    for device in devices:
        named = gpus.parse(device.name)
        intel += named.intel
        jetson = jetson or named.jetson
        amd += [replace(one, index=len(amd), gfx=device.gfx or one.gfx) for one in named.amd]
        memory = device.memory_bytes
        nvidia += [
            replace(
                one,
                index=len(nvidia),
                memory_bytes=memory or one.memory_bytes,
                compute_capability=device.capability or one.compute_capability,
            )
            for one in named.nvidia
        ]
    return known_sections(
        {
            "nvidia": Nvidia(gpus=tuple(nvidia), gpus_source=source) if nvidia else None,
            "amd": Amd(gpus=tuple(amd)) if amd else None,
            "intel": Intel(gpus=tuple(intel)) if intel else None,
            "host": Host(jetson=jetson) if jetson else None,
        }
    )

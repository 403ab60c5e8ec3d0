"""Display adapters as an operating system names them, of all makers: which of them PyTorch could use, as facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from doctor.catalog import gpu as model_of
from doctor.facts import Amd, AmdGpu, Gpu, Intel, Nvidia
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.text.nvidia_smi import is_mobile

# Intel's graphics that its builds of PyTorch have code for; older graphics of processors are none of them
_INTEL = re.compile(
    r"\bArc\b|Data Center GPU|\bDG2\b|Battlemage|Ponte Vecchio|(?:Meteor|Arrow|Lunar|Panther) Lake", re.I
)
_MAKER = re.compile(
    r"^(?:NVIDIA|Intel|Advanced Micro Devices,? Inc\.?|AMD|ATI)(?: (?:Corporation|Corp\.))?(?: \[AMD/ATI\])? ", re.I
)
_ASIDE = re.compile(
    r"(?: \(rev \w+\))?(?: \(prog-if [^)]*\))?$"
    r"|(?: @ [\d.]+ [GM]Hz)?(?: \([\d.]+ [GM]iB[^)]{0,40}\))?(?: \[(?:Discrete|Integrated)\])?$"
)
_CHIP = re.compile(r"^[\w -]{2,40} \[([^\]]+)\]$")


_WORDS = {
    "nvidia": re.compile(r"\bNVIDIA\b|GeForce|Quadro|Tesla|\b[RG]TX\b|\bTITAN\b|\bGRID\b", re.I),
    "amd": re.compile(r"\b(?:AMD|ATI)\b|Radeon|Instinct|^gfx\d", re.I),
    "intel": re.compile(r"\bIntel\b|\bArc\b", re.I),
}


class DisplayAdapter(NamedTuple):
    name: str
    driver: str | None = None  # the version of NVIDIA's driver that runs it, as NVIDIA numbers it
    pci_id: str | None = None  # "10de:2684"
    module: str | None = None  # the kernel driver in use: "nvidia", "nouveau", "amdgpu"
    memory_bytes: int | None = None


def facts_of(adapters: Iterable[DisplayAdapter]) -> Partial:
    """NVIDIA's are on the bus; that a driver gives them to programs is told where it is named."""
    found = [one._replace(name=_model(one)) for one in adapters]
    green = [one for one in found if _maker(one) == "nvidia"]
    red = [one for one in found if _maker(one) == "amd"]
    loaded = [one.module == "amdgpu" for one in red if one.module]
    intel = tuple(one.name for one in found if _maker(one) == "intel" and _INTEL.search(one.name))
    return known_sections(
        {
            "nvidia": _nvidia(green),
            "amd": Amd(
                gpus=tuple(AmdGpu(one.name, None, i) for i, one in enumerate(red)),
                driver_loaded=any(loaded) if loaded else None,
            ),
            "intel": Intel(gpus=intel),
        }
    )


def windows_driver(version: str) -> str | None:
    """NVIDIA's number in Windows' four: "31.0.15.3598" -> "535.98"."""
    found = re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d{1,2})\.(\d{4})", version.strip())
    digits = (found[1] + found[2])[-5:] if found else ""
    return f"{digits[:3]}.{digits[3:]}" if len(digits) == 5 and digits[0] != "0" else None


def _nvidia(adapters: list[DisplayAdapter]) -> Nvidia:
    if not adapters:
        return Nvidia()
    gpus = tuple(
        Gpu(one.name, index, memory_bytes=one.memory_bytes, pci_id=one.pci_id, mobile=is_mobile(one.name))
        for index, one in enumerate(adapters)
    )
    driver = next((one.driver for one in adapters if one.driver), None)
    nouveau = any(one.module == "nouveau" for one in adapters)
    return Nvidia(
        driver_version=driver,
        gpus=gpus if driver else None,
        gpus_source="system" if driver else "",
        pci_gpus=gpus,
        modules=("nouveau",) if nouveau else None,
    )


def _model(one: DisplayAdapter) -> str:
    """The product's name: of "NVIDIA Corporation AD102 [GeForce RTX 4090]" what stands in brackets, with its maker."""
    known = model_of(one.pci_id) if one.pci_id and one.pci_id.startswith("10de:") else None
    name = _ASIDE.sub("", one.name.strip())
    maker = _MAKER.match(name)
    bare = name[maker.end() :] if maker else name
    chip = _CHIP.match(bare)
    if known and not chip and model_of(bare) is None:
        return f"NVIDIA {known.model}"
    if not maker:
        return name
    word = "NVIDIA" if maker[0][:2].upper() == "NV" else "Intel" if maker[0].startswith("Intel") else "AMD"
    model = chip[1] if chip else bare
    return model if model.startswith(word) else f"{word} {model}"


def _maker(one: DisplayAdapter) -> str:
    vendor = {"10de": "nvidia", "1002": "amd", "8086": "intel"}.get((one.pci_id or "")[:4], "")
    if vendor:
        return vendor
    return next((maker for maker, words in _WORDS.items() if words.search(one.name)), "")

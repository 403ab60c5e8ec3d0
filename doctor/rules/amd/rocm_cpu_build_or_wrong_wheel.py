"""The machine has an AMD GPU for ROCm, but PyTorch is a CPU or CUDA build (or the other way round).

## Why it matters
PyPI's wheels are for CUDA or the CPU. AMD GPUs need the ROCm build of the PyTorch index, which exists for Linux; a
ROCm build in turn does nothing for an NVIDIA GPU.

## What to do
Install the build that belongs to the GPU.

## References
- https://pytorch.org/get-started/locally/
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Amd, AmdGpu, Host, Nvidia, Python, Torch
from doctor.model import Remedy, Severity
from doctor.rules._remedy import reinstall_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} is not a ROCm build, but the GPU here is {gpu}"
OTHER = "torch {torch} is a ROCm build, but the GPU here is {gpu}"
SIGNATURES = (
    r"(?i)torch (?:is )?not (?:compiled|built) with (?:ROCm|HIP)",
    r"(?i)ROCm (?:is )?(?:not available|required).{0,80}torch.{0,40}(?:CPU|CUDA|\+cu\d+)",
    r"lib(?:amdhip64|hsa-runtime64|rocblas|MIOpen|hipblas|rccl|hiprtc|rocm_smi64)\.so\S{0,8}: cannot open shared",
    r"amdsmi is installed but libamd_smi\.so could not be loaded",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "no-driver")
_INTEGRATED = re.compile(
    r"gfx90[2c]|gfx1036|gfx1033|gfx1035|gfx1037|Radeon(?:\(TM\))? (?:Vega \d+ )?Graphics|Raphael|Renoir|Cezanne", re.I
)


def check(torch: Torch, amd: Amd | None, nvidia: Nvidia | None, host: Host | None) -> Answer | None:
    rocm = catalog.build_of(torch).kind == "rocm"
    green = tuple(nvidia.gpus or ()) if nvidia else ()
    if rocm and green and not (amd and amd.gpus):
        gpu = green[0].name
        return there(
            seen("torch.build", torch.build or "rocm", "a CUDA build"), message=OTHER, torch=torch.version, gpu=gpu
        )
    if rocm or green or amd is None or not _known_other(torch):
        return None
    cards = [gpu for gpu in amd.gpus if _card(gpu)]
    if not cards:
        return None
    meant = bool(amd.rocm_version) and (host is None or host.os in (None, "linux"))
    evidence = seen("torch.build", torch.build or "no HIP", "a ROCm build")
    level = Severity.ERROR if meant else Severity.WARNING
    return there(evidence, seen("amd.gpus", cards[0].name), severity=level, torch=torch.version, gpu=cards[0].name)


def _known_other(torch: Torch) -> bool:
    return torch.hip_version == "" or catalog.build_of(torch).kind in ("cpu", "cuda")


def _card(gpu: AmdGpu) -> bool:
    """A GPU that some ROCm build has code for, and not the graphics part of a processor."""
    gfx = (gpu.gfx or catalog.amd_gfx(gpu.name) or "").split(":")[0]
    if _INTEGRATED.search(gpu.name) or _INTEGRATED.fullmatch(gfx):
        return False
    return any(gfx in row.gfx for row in catalog.arch_lists().rocm)


def remedies(
    python: Python | None, host: Host | None, nvidia: Nvidia | None, amd: Amd | None, torch: Torch | None
) -> tuple[Remedy, ...]:
    kind = "cuda" if nvidia and nvidia.gpus else "rocm"
    return reinstall_torch(python, host, nvidia, torch, amd=amd, accelerator=kind)

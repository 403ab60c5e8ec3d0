"""The GPU is too old for every PyTorch binary there is.

## Why it matters
PyTorch's binaries began with compute capability 3.0 and have needed 3.5 since version 1.0. Tesla, Fermi and the first
Kepler chips are below that; their drivers are discontinued as well.

## What to do
Use the CPU, or another GPU. The CPU build is smaller and makes clear where programs run.

## References
- https://developer.nvidia.com/cuda-legacy-gpus
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.facts import Gpu, Nvidia, Torch
from doctor.model import Reading, Severity, Status
from doctor.remedy.actions import Action, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} is too old for every PyTorch binary: it has {capability}, and they need 3.5 or higher"
SIGNATURES = (
    r"which is of (?:cuda )?capability (?P<capability>[12]\.\d|3\.0)\.",
    r"with CUDA capability sm_(?P<capability>[12]\d|30)\b",
    r"of compute capability \(CC\) (?P<capability>[12]\.\d|3\.0)\.",
)
EXPLAINS = (
    "gpu-arch-dropped-by-build",
    "gpu-arch-newer-than-build",
    "driver-too-old-for-cuda-build",
    "cuda-unavailable",
)
_FIRST = (3, 5)
# names of the Tesla and Fermi generations, which the catalog of usable GPUs does not hold
_ANCIENT = re.compile(
    r"GeForce (?:[89]\d{3}|(?:GTX?|GTS) ?[2-5]\d\d|[2-5]\d\dM?)\b"
    r"|Tesla (?:[CMS]20[5-9]\d|[CS]10\d\d)|Quadro (?:FX|[2-6]000\b)"
)


def check(nvidia: Nvidia, torch: Reading[Torch]) -> Answer:
    found = _nvidia.gpus(nvidia)
    old = tuple(gpu for gpu in found if ancient(gpu))
    if not old:
        known = found and all(_support.capability(gpu) for gpu in found)
        return not_there("nvidia.gpus", _nvidia.names(found)) if known else cannot_tell("nvidia.gpus")
    gpu, capability = _support.worst(old)
    capability = capability if "?" not in capability else "1.x or 2.x"
    for_cuda = _nvidia.cuda_build(torch.value) if torch.value else torch.status is not Status.ABSENT
    alone = len(old) == len(found) and for_cuda
    level = Severity.ERROR if alone else Severity.INFO
    return there(
        seen("nvidia.gpus", f"{gpu}: {capability}", "3.5 or more"), severity=level, gpu=gpu, capability=capability
    )


def ancient(gpu: Gpu) -> bool:
    """Below everything PyTorch was ever published for."""
    if _ANCIENT.search(gpu.name) and not catalog.Capability.of(gpu.compute_capability):
        return True
    known = catalog.Capability.of(_support.capability(gpu))
    return known is not None and known < _FIRST


def remedies(nvidia: Nvidia | None) -> tuple[Action, ...]:
    """The CPU's build where no GPU here has one."""
    found = _nvidia.gpus(nvidia)
    return (FittingTorch(accelerator="cpu" if found and all(map(ancient, found)) else ""),)

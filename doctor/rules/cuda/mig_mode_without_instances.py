"""MIG mode is on, but no GPU instance has been made.

## Why it matters
A GPU in Multi-Instance mode offers CUDA nothing until it is divided into instances: nvidia-smi shows it, PyTorch
finds no device.

## What to do
Make instances, or switch MIG off.

## References
- https://docs.nvidia.com/datacenter/tesla/mig-user-guide/
"""

from __future__ import annotations

from doctor.facts import Gpu, Nvidia, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} is in MIG mode without any instance, so CUDA finds no device on it"
SIGNATURES = (r"(?i)No MIG devices found|MIG (?:mode )?.{0,40}no (?:compute|GPU) instances?",)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "cuda-visible-devices-bad")


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer | None:
    bare = _bare(nvidia)
    if not bare:
        return None
    whole = len(bare) == len(nvidia.gpus or ()) and not _nvidia.works(runtime)
    evidence = seen(f"nvidia.gpus[{bare[0].index}].mig_instances", "none", "at least one")
    return there(evidence, severity=_nvidia.level(torch) if whole else Severity.WARNING, gpu=_nvidia.names(tuple(bare)))


def _bare(nvidia: Nvidia) -> list[Gpu]:
    return [gpu for gpu in nvidia.gpus or () if gpu.mig and not gpu.mig_instances]


def remedies(nvidia: Nvidia) -> tuple[Remedy, ...]:
    off = tuple(("sudo", "nvidia-smi", "-i", str(gpu.index), "-mig", "0") for gpu in _bare(nvidia))
    whole = tuple(("sudo", "nvidia-smi", "mig", "-i", str(gpu.index), "-cgi", "0", "-C") for gpu in _bare(nvidia))
    return (
        Remedy("Switch MIG off", off, Risk.ADMIN),
        Remedy("Or make one instance of the whole GPU", whole, Risk.ADMIN),
    )

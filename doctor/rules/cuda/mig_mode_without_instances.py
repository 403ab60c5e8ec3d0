"""MIG mode is on, but no GPU instance has been created.

## Why it matters
A GPU in Multi-Instance mode offers CUDA nothing until it is divided into instances: nvidia-smi shows it, but PyTorch
finds no device.

## What to do
Create instances, or turn MIG off.

## References
- https://docs.nvidia.com/datacenter/tesla/mig-user-guide/
"""

from __future__ import annotations

from doctor.facts import Gpu, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AsRoot, Look
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} is in MIG mode without any instance, so CUDA finds no device on it"
SIGNATURES = (r"(?i)No MIG devices found|MIG (?:mode )?.{0,40}no (?:compute|GPU) instances?",)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "cuda-visible-devices-bad")


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    found, bare = nvidia.gpus or (), _bare(nvidia)
    if not bare:
        known = nvidia.gpus is not None and all(gpu.mig is not None for gpu in found)
        return not_there("nvidia.gpus", _states(found)) if known else cannot_tell("nvidia.gpus")
    whole = len(bare) == len(found) and not _nvidia.works(runtime)
    evidence = seen(f"nvidia.gpus[{bare[0].index}].mig_instances", "none", "at least one")
    return there(evidence, severity=_nvidia.level(torch) if whole else Severity.WARNING, gpu=_nvidia.names(tuple(bare)))


def _bare(nvidia: Nvidia) -> list[Gpu]:
    return [gpu for gpu in nvidia.gpus or () if gpu.mig and not gpu.mig_instances]


def _states(found: tuple[Gpu, ...]) -> str:
    return ", ".join(f"{len(gpu.mig_instances)} instances" if gpu.mig else "MIG is off" for gpu in found) or "none"


def remedies(nvidia: Nvidia | None) -> tuple[Action, ...]:
    bare = [str(gpu.index) for gpu in _bare(nvidia)] if nvidia else []
    if not bare:
        return (Look(title="List the GPUs and instances", commands=(("nvidia-smi", "-L"),)),)
    off = tuple(("nvidia-smi", "-i", index, "-mig", "0") for index in bare)
    whole = tuple(("nvidia-smi", "mig", "-i", index, "-cgi", "0", "-C") for index in bare)
    return (
        AsRoot(title="Turn MIG off", commands=off),
        AsRoot(title="Create one instance of the whole GPU", commands=whole),
    )

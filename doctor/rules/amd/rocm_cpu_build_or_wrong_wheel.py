"""The machine has an AMD GPU for ROCm, but PyTorch is a CPU or CUDA build (or the other way round).

## Why it matters
PyPI's wheels are for CUDA or the CPU. AMD GPUs need a ROCm build: the PyTorch index has those for Linux only, AMD's own
index has some for Windows; a ROCm build in turn cannot use an NVIDIA GPU.

## What to do
Install the build for your GPU.

## References
- https://pytorch.org/get-started/locally/
- https://rocm.docs.amd.com/
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor import catalog
from doctor.facts import Amd, AmdGpu, ErrorText, Gpu, Host, Nvidia, Packages, Runtime, Torch
from doctor.model import Reading, Severity, Status
from doctor.remedy.actions import Action, FittingTorch
from doctor.rules import _directml, _nvidia
from doctor.rules.amd import _targets
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} is not a ROCm build, but the GPU here is {gpu}"
NO_BUILD = (
    "torch {torch} runs on the CPU, although here is {gpu}: PyTorch's own index has no ROCm build for this system"
)
ASKED = "The program asks for CUDA, but the GPU here is {gpu}"
HIP = "The program's PyTorch is a ROCm build, but the GPU here is {gpu}"
OTHER = "torch {torch} is a ROCm build, but the GPU here is {gpu}"
_NOT_NVIDIA = r"(?:(?!GeForce|\bRTX\b|\bGTX\b|Tesla).)"
_NO_CUDA = (
    r"(?:Found no NVIDIA driver|Torch not compiled with CUDA|Torch is not able to use GPU"
    r"|update your GPU driver to support cu\d|driver on your system is too old|CUDA driver version is insufficient"
    r"|No CUDA GPUs are available)"
)
SIGNATURES = (
    r"lib(?:amdhip64|hsa-runtime64|rocblas|MIOpen|hipblas|rccl|hiprtc|rocm_smi64|roctx64"
    r"|roctracer64)\.so\S{0,8}: cannot open shared",
    # a Radeon named beside what only a build for NVIDIA says, or an NVIDIA card beside a ROCm build
    rf"(?i){_targets.RADEON}{_NOT_NVIDIA}{{0,300}}{_NO_CUDA}",
    rf"(?i){_NO_CUDA}{_NOT_NVIDIA}{{0,300}}{_targets.RADEON}",
    r"(?i)\+rocm\d.{0,100}is_available\(\).{0,12}False.{0,80}(?:NVIDIA|GeForce|\bRTX\b)",
    r"HIP SDK is detected, but no Torch release for Windows available",  # SD.Next
    r"amdsmi is installed but libamd_smi\.so could not be loaded",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "no-driver",
    "driver-too-old-for-cuda-build",
    "cpu-only-build-on-gpu-machine",
    "bitsandbytes-library-missing",
    "rocm-device-permission",
)
_HIP = r"HIP initialization|\bhipGetDeviceCount\b|No HIP GPUs are available|\bhipError\w+"
_INTEGRATED = re.compile(r"Radeon(?:\(TM\))? (?:Vega \d+ )?Graphics|Raphael|Renoir|Cezanne", re.I)


def check(
    torch: Torch | None,
    amd: Reading[Amd],
    nvidia: Nvidia | None,
    host: Host | None,
    runtime: Runtime | None,
    error: ErrorText | None,
    packages: Packages | None,
) -> Answer:
    green = tuple(nvidia.gpus or ()) if nvidia else ()
    red = amd.value.gpus if amd.value else ()
    if torch is None:
        return _asked(red, green, error)
    if _targets.is_rocm(torch):
        return _of_rocm(torch, green[0].name) if green and not red else not_there("torch.build", torch.build or "rocm")
    if green:
        return not_there("nvidia.gpus", green[0].name)
    if not _targets.is_other(torch):
        return cannot_tell("torch.hip_version")
    if runtime and runtime.cuda_available:  # ZLUDA translates CUDA for AMD's GPUs
        return not_there("runtime.cuda_available", "true")
    if _directml.is_there(runtime, packages) and not _nvidia.matching_line(_NO_CUDA, None, None, error):
        return not_there("runtime.devices", "DirectML")
    if amd.value is None:
        return not_there("amd", amd.reason) if amd.status is Status.ABSENT else cannot_tell("amd.gpus")
    cards = [gpu for gpu in red if _is_card(gpu)]
    if not cards:
        unknown = any(not _targets.target(gpu) for gpu in red)
        return cannot_tell("amd.gpus") if unknown else not_there("amd.gpus", ", ".join(gpu.name for gpu in red))
    return _without_rocm(torch, amd.value, cards[0], host, _nvidia.matching_line(_NO_CUDA, None, None, error))


def _asked(red: Sequence[AmdGpu], green: Sequence[Gpu], error: ErrorText | None) -> Answer:
    """Only the text shows what the program wants, or that it got a build for the other kind of GPU."""
    if green and not red and (told := _nvidia.matching_line(_HIP, None, None, error)):
        name = green[0].name
        return there(seen("error.text", told), seen("nvidia.gpus", name), message=HIP, gpu=name)
    complaint = _nvidia.matching_line(_NO_CUDA, None, None, error)
    card = next((gpu for gpu in red if _is_card(gpu) or _is_series(gpu)), None)
    if card is None or green or not complaint:
        return cannot_tell("torch.hip_version")
    return there(seen("error.text", complaint), seen("amd.gpus", card.name), message=ASKED, gpu=card.name)


def _of_rocm(torch: Torch, gpu: str) -> Answer:
    evidence = seen("torch.build", torch.build or "rocm", "a CUDA build")
    return there(evidence, message=OTHER, torch=torch.version, gpu=gpu)


def _without_rocm(torch: Torch, amd: Amd, card: AmdGpu, host: Host | None, complaint: str) -> Answer:
    """A program that complains wants the GPU; without that it may run on the CPU as it is meant to."""
    found = (seen("torch.build", torch.build or "no HIP", "a ROCm build"), seen("amd.gpus", card.name))
    if host and host.os not in (None, "linux"):
        level = Severity.ERROR if complaint else Severity.INFO
        return there(*found, severity=level, message=NO_BUILD, torch=torch.version, gpu=card.name)
    level = Severity.ERROR if amd.rocm_version or complaint else Severity.WARNING
    return there(*found, severity=level, torch=torch.version, gpu=card.name)


def _is_card(gpu: AmdGpu) -> bool:
    """A GPU that some ROCm build has code for, or for its nearest target, and not the graphics part of a processor."""
    gfx = _targets.target(gpu)
    near = catalog.near_target(gfx)
    if _INTEGRATED.search(gpu.name) or (near and near.integrated):
        return False
    return any(gfx in row.gfx or (near and near.runs_as in row.gfx) for row in catalog.arch_lists().rocm)


def _is_series(gpu: AmdGpu) -> bool:
    """ "AMD GPUs (RX 6000 above)", as a form offers it: cards of which each has a target."""
    return bool(re.search(r"\bRX ?[679]000\b", gpu.name))


def remedies(nvidia: Nvidia | None, amd: Amd | None) -> tuple[Action, ...]:
    if nvidia and nvidia.gpus:
        return (FittingTorch(accelerator="cuda"),)
    near = _targets.as_near(amd, _all_targets(), step=True) if amd else ()
    return (FittingTorch(accelerator="rocm"), *near)


def _all_targets() -> set[str]:
    return {gfx for row in catalog.arch_lists().rocm for gfx in row.gfx}

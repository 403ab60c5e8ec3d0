"""The GPU is busy, reserved, prohibited, or its vGPU licence does not allow CUDA.

## Why it matters
In exclusive mode only one process can use a GPU; in prohibited mode none can. A vGPU without a licence or with the
wrong profile, and a driver that was not restarted after an update, fail in the same way.

## What to do
Find out what uses the GPU, set the compute mode to Default, or check the vGPU licence.

## References
- cudaErrorDevicesUnavailable (46) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.facts import Gpu, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AsRoot, Look
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} accepts no CUDA program: {why}"
SIGNATURES = (
    r"CUDA-capable device(?:s|\(s\)) (?:are|is|is/are) busy or unavailable",
    r"(?i)\bCUDA devices? (?:(?:is|are) )?unavailable or busy",
    r"cudaErrorDevicesUnavailable|CUDA_ERROR_DEVICE_UNAVAILABLE",
    r"device doesn't have valid Grid license|CUDA_ERROR_DEVICE_NOT_LICENSED|cudaErrorDeviceNotLicensed",
    r"exclusive-thread device already in use by a different thread",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed")
_TOLD = r"busy or unavailable|valid Grid license|DEVICE_NOT_LICENSED"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    found = nvidia.gpus or ()
    if told := _nvidia.matching_line(_TOLD, nvidia, runtime):
        why = "its vGPU has no licence" if "icense" in told else "it is busy or unavailable"
        return there(seen("runtime.cuda_warning", told), gpu=_nvidia.names(found) or "The GPU", why=why)
    closed = [gpu for gpu in found if _mode(gpu) == "prohibited"]
    held = [gpu for gpu in found if _mode(gpu).startswith("exclusive") and gpu.processes]
    if not closed and not held:
        return not_there("nvidia.gpus", "none") if nvidia.gpus == () else cannot_tell("runtime.cuda_warning")
    every = len(closed) + len(held) == len(found) and not _nvidia.works(runtime)
    gpu = (closed or held)[0]
    why = "its compute mode is Prohibited" if closed else "it is in exclusive mode and another process is using it"
    # the process that holds it may be the user's own, so that only a CUDA that does not start makes it an error
    certain = every and (len(closed) == len(found) or _nvidia.fails(runtime))
    return there(
        seen(f"nvidia.gpus[{gpu.index}].compute_mode", gpu.compute_mode, "Default"),
        severity=_nvidia.level(torch) if certain else Severity.WARNING,
        gpu=gpu.name,
        why=why,
    )


def _mode(gpu: Gpu) -> str:
    return (gpu.compute_mode or "").lower()


def remedies(nvidia: Nvidia | None) -> tuple[Action, ...]:
    ask = ("nvidia-smi", "--query-compute-apps=pid,name", "--format=csv")
    look = Look(title="Show which programs use the GPU", commands=(ask,))
    odd = [gpu for gpu in (nvidia.gpus if nvidia else None) or () if gpu.compute_mode not in (None, "Default")]
    commands = tuple(("nvidia-smi", "-i", str(gpu.index), "-c", "DEFAULT") for gpu in odd)
    return (look, AsRoot(title="Set the compute mode to Default", commands=commands)) if commands else (look,)

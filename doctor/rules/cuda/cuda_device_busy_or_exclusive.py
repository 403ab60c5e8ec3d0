"""The GPU is busy, reserved, prohibited, or its vGPU licence does not allow CUDA.

## Why it matters
In exclusive mode one process holds a GPU; in prohibited mode none may. A vGPU without licence or of the wrong
profile, and a driver that was not restarted after an update, answer the same way.

## What to do
See what holds the GPU, set the compute mode to Default, or check the vGPU licence.

## References
- cudaErrorDevicesUnavailable (46) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.facts import Nvidia, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} does not take CUDA programs: {why}"
SIGNATURES = (
    r"CUDA-capable device(?:s|\(s\)) (?:are|is|is/are) busy or unavailable",
    r"cudaErrorDevicesUnavailable|CUDA_ERROR_DEVICE_UNAVAILABLE",
    r"device doesn't have valid Grid license|CUDA_ERROR_DEVICE_NOT_LICENSED|cudaErrorDeviceNotLicensed",
    r"exclusive-thread device already in use by a different thread",
    r"MPS client failed to connect to the MPS control daemon|MPS server is not ready to accept new MPS client",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed")
_TOLD = r"busy or unavailable|valid Grid license|DEVICE_NOT_LICENSED"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer | None:
    found = nvidia.gpus or ()
    if told := _nvidia.said(_TOLD, nvidia, runtime):
        why = "its vGPU has no licence" if "icense" in told else "it is busy or unavailable"
        return there(seen("runtime.cuda_warning", told), gpu=_nvidia.names(found) or "The GPU", why=why)
    closed = [gpu for gpu in found if (gpu.compute_mode or "").lower() == "prohibited"]
    held = [gpu for gpu in found if (gpu.compute_mode or "").lower().startswith("exclusive") and gpu.processes]
    if not closed and not held:
        return None
    every = len(closed) + len(held) == len(found) and not _nvidia.works(runtime)
    gpu = (closed or held)[0]
    why = "its compute mode is Prohibited" if closed else "it is in exclusive mode and another process holds it"
    level = _nvidia.level(torch) if every else Severity.WARNING
    return there(
        seen(f"nvidia.gpus[{gpu.index}].compute_mode", gpu.compute_mode, "Default"),
        severity=level,
        gpu=gpu.name,
        why=why,
    )


def remedies(nvidia: Nvidia) -> tuple[Remedy, ...]:
    look = _nvidia.manual(
        "See which programs hold the GPU", ("nvidia-smi", "--query-compute-apps=pid,name", "--format=csv")
    )
    odd = [gpu for gpu in nvidia.gpus or () if gpu.compute_mode not in (None, "Default")]
    commands = tuple(("sudo", "nvidia-smi", "-i", str(gpu.index), "-c", "DEFAULT") for gpu in odd)
    return (look, Remedy("Set the compute mode to Default", commands, Risk.ADMIN)) if commands else (look,)

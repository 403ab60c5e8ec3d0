"""CUDA start-up fails with "invalid device ordinal" (error 101).

## Why it matters
The driver has a device that the runtime cannot address: the devices changed while the driver was running, a GPU dropped
out, MIG was switched on or off, or CUDA_VISIBLE_DEVICES names a device that does not exist.

## What to do
Unset CUDA_VISIBLE_DEVICES and try again; if that does not help, restart the machine (or container) so that the devices
are enumerated again.

## References
- cudaErrorInvalidDevice (101) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.facts import Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, Reboot, Rerun
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "CUDA start-up fails with error 101: invalid device ordinal"
SIGNATURES = (
    r"\bError 101: invalid device ordinal",
    r"cudaGetDeviceCount\(\).{0,160}invalid device ordinal",
    r"CUDA_ERROR_INVALID_DEVICE \(101\)|cudaGetDeviceCount returned 101\b",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed", "invalid-device-ordinal")
_TOLD = r"Error 101: |CUDA_ERROR_INVALID_DEVICE|\(101\)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, variables: Variables | None) -> Answer:
    told = "" if _nvidia.works(runtime) else _nvidia.matching_line(_TOLD, nvidia, runtime)
    if not told:
        return cannot_tell("runtime.cuda_warning")
    value = variables.values.get("CUDA_VISIBLE_DEVICES") if variables else None
    more = [seen("variables.values.CUDA_VISIBLE_DEVICES", value)] if value is not None else []
    return there(seen("runtime.cuda_warning", told), *more, severity=_nvidia.level(torch))


def remedies() -> tuple[Action, ...]:
    return (Rerun(unset=("CUDA_VISIBLE_DEVICES",)), Reboot())

"""The driver lost contact with a GPU.

## Why it matters
The GPU no longer answers on the bus (Xid 79 and the like), or it waits for a reset. Nothing runs on it until the
machine is restarted, and the problem returns if power, heat, the slot or the card itself is at fault.

## What to do
Power the machine off and on. If it happens again, check the power cables, power supply, temperature and the seat of the
card, and read the Xid number in the kernel log.

## References
- https://docs.nvidia.com/deploy/xid-errors/
"""

from __future__ import annotations

from doctor.facts import Nvidia, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Look, Reboot
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "A GPU no longer answers the driver ({error})"
SIGNATURES = (
    r"(?i)GPU has fallen off the bus|\bfallen off the bus and is not responding",
    r"(?i)\bGPU is lost\b|NVML_ERROR_GPU_IS_LOST",
    r"(?i)Unable to determine the device handle for GPU.{0,80}(?:Unknown Error|No such device|GPU is lost|Not Found)",
    r"(?i)GPU requires reset|GPU recovery action changed.{0,60}(?:Reset|Reboot) Required|NVML_ERROR_RESET_REQUIRED",
    r"NVRM: (?:Xid|GPU at PCI).{0,80}: (?:74|79|119|120),",
    r"(?i)RmInitAdapter failed",
    r"uncorrectable NVLink error detected during the execution",
    r"Invalid access of peer GPU memory over nvlink or a hardware error",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-unknown-error-999",
    "cuda-init-failed",
    "driver-not-loaded",
    "cuda-illegal-memory-access",
    "cuda-launch-timeout",
    "collective-timeout",
)
_CODES = {
    "NVML_ERROR_GPU_IS_LOST": "it has fallen off the bus or is gone",
    "NVML_ERROR_RESET_REQUIRED": "it requires a reset",
    "NVML_ERROR_IRQ_ISSUE": "the kernel reports an interrupt problem",
    "NVML_ERROR_CORRUPTED_INFOROM": "its infoROM is corrupted",
}
_TOLD = r"(?i)GPU is lost|fallen off the bus|GPU requires reset|Unable to determine the device handle"


def check(nvidia: Nvidia, torch: Torch | None) -> Answer:
    level = _nvidia.level(torch)
    if why := _CODES.get(nvidia.nvml_error):
        return there(seen("nvidia.nvml_error", nvidia.nvml_error), error=why, severity=level)
    if told := _nvidia.matching_line(_TOLD, nvidia, None):
        return there(seen("nvidia.nvml_message", told), error="the driver cannot reach it", severity=level)
    return cannot_tell("nvidia.nvml_error")


def remedies() -> tuple[Action, ...]:
    log = Look(title="Look for the Xid number that says what happened", commands=(("dmesg",),), root=True)
    return (Reboot(power=True), log)

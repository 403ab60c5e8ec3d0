"""The CUDA driver fails to start, for a reason it does not give.

## Why it matters
The driver reports a general failure. Often the container lost its devices (a `systemctl daemon-reload` on the host does
that), the driver was replaced while programs were running, or a process forked after it had used CUDA.

## What to do
Restart the container or the program, then the machine. Then look at the kernel log.

## References
- cudaErrorInitializationError (3) in the CUDA runtime API reference
- https://github.com/NVIDIA/nvidia-container-toolkit/issues/48
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look, Reboot
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The CUDA driver does not start: {error}"
SIGNATURES = (
    r"CUDA driver initialization failed, you might not have a CUDA gpu",
    r"Failed to initialize NVML: (?:Unknown Error|Timeout|Uninitialized|Memory|In Use|Insufficient Resources)",
    r"NVML_ERROR_(?:UNKNOWN|TIMEOUT|UNINITIALIZED|IN_USE|INSUFFICIENT_RESOURCES|MEMORY)\b",
    r"CUDA_ERROR_NOT_INITIALIZED|cudaErrorInitializationError",
    r"Unexpected error from cudaGetDeviceCount\(\).{0,160}Error (?:2|3|304|305): ",
    r"(?:CUDA error|cuda runtime error \(3\)|Error 3|CUDA driver error).{0,8}: ?initialization error",
    r"CUDA failed with error initialization error",  # CTranslate2
    r"CUDA initialization failure with error: (?:[23]|500)\b",  # TensorRT
    r"Unexpected error from cudaGetDeviceCount\(\)",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "bitsandbytes-library-missing")
_CODES = (
    "NVML_ERROR_UNKNOWN",
    "NVML_ERROR_TIMEOUT",
    "NVML_ERROR_UNINITIALIZED",
    "NVML_ERROR_IN_USE",
    "NVML_ERROR_INSUFFICIENT_RESOURCES",
    "NVML_ERROR_MEMORY",
)
_TOLD = r"CUDA driver initialization failed|CUDA_ERROR_NOT_INITIALIZED|Failed to initialize NVML: Unknown Error"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    level = _nvidia.level(torch)
    if _nvidia.works(runtime):
        return cannot_tell("runtime.cuda_warning")
    if told := _nvidia.matching_line(_TOLD, nvidia, runtime):
        return there(seen("runtime.cuda_warning", told), error=told[:200], severity=level)
    if nvidia.nvml_error in _CODES:
        error = nvidia.nvml_message or nvidia.nvml_error
        return there(seen("nvidia.nvml_error", nvidia.nvml_error), error=error, severity=level)
    return cannot_tell("runtime.cuda_warning")


def remedies(host: Host | None) -> tuple[Action, ...]:
    again = Advice(title="Restart the container; to keep it from losing its devices, use cgroupfs or CDI devices")
    log = Look(title="Read the kernel log", commands=(("dmesg",),), root=True)
    if host is None or (host.container is None and host.os not in ("windows", "macos")):  # a text seldom tells
        return again, Reboot(), log
    return (again if host.container else Reboot(), log)

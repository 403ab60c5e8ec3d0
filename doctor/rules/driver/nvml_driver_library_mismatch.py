"""The NVIDIA driver was updated, but the old kernel module is still running.

## Why it matters
The user-space libraries and the loaded kernel module must have the same version. After an update (often an unattended
one) they differ until the module is reloaded, and neither nvidia-smi nor CUDA starts.

## What to do
Restart the machine, or unload and load the kernel modules while nothing uses the GPU. In a container: restart the
container after the host has been fixed.

## References
- NVML_ERROR_LIB_RM_VERSION_MISMATCH (18) in NVIDIA's NVML reference
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, LoadModule, Reboot
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVIDIA libraries ({library}) and the running kernel module ({module}) have different versions"
SIGNATURES = (
    r"(?i)driver/library version mismatch",
    r"NVML_ERROR_LIB_RM_VERSION_MISMATCH",
    r"API mismatch: the (?:NVIDIA kernel module|client) has (?:the )?version (?P<one>[\d.]+)",
    r"NVRM: API mismatch",
    r"nvidia-smi.{0,80}(?:exit status|return code) 18\b",
    r"RM has detected an NVML/RM version mismatch|NVMLError_LibRmVersionMismatch",
)
EXPLAINS = (
    "driver-userland-mismatch-803",
    "driver-library-incomplete",
    "driver-not-loaded",
    "cuda-unknown-error-999",
    "cuda-init-failed",
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "no-driver",
    "container-without-gpu",
)
_TOLD = r"(?i)driver/library version mismatch"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    library, module = nvidia.nvml_version or "unknown", nvidia.module_version or "unknown"
    if nvidia.nvml_error == "NVML_ERROR_LIB_RM_VERSION_MISMATCH":
        evidence = seen("nvidia.nvml_error", nvidia.nvml_error)
    elif told := _nvidia.matching_line(_TOLD, nvidia, None):
        evidence = seen("nvidia.nvml_message", told)
    elif _differ(nvidia.nvml_version or "", nvidia.module_version or "") and not _nvidia.works(runtime):
        evidence = seen("nvidia.nvml_version", library, module)
    else:
        return cannot_tell("nvidia.nvml_error")
    return there(evidence, library=library, module=module, severity=_nvidia.level(torch))


def _differ(one: str, other: str) -> bool:
    """NVML prefixes its own major ("12.550.54.14") in some versions; only whole driver versions are compared."""
    return bool(one and other) and Version.of(one)[-3:] != Version.of(other)[-3:] and one.count(".") == other.count(".")


def remedies() -> tuple[Action, ...]:
    return (LoadModule(names=("nvidia_uvm", "nvidia_drm", "nvidia_modeset", "nvidia"), reload=True), Reboot())

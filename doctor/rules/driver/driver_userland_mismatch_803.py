"""The CUDA driver library (libcuda) does not belong to the running kernel driver (error 803).

## Why it matters
libcuda and the kernel module are two halves of one driver. If the loader finds a libcuda of another version (left over
from an older driver, copied into an image, or a compatibility package), CUDA refuses to start.

## What to do
Remove the stale libcuda, or take its folder off LD_LIBRARY_PATH, and restart. In a container: do not install driver
packages in the image; the host's libraries are mounted into it.

## References
- cudaErrorSystemDriverMismatch (803) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Look, Reboot
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "libcuda {library} does not belong to the kernel driver {module}"
SIGNATURES = (
    r"system has unsupported display driver ?/ ?cuda driver combination",
    r"cudaErrorSystemDriverMismatch|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
    r"kernel version [\d.]{3,20} does not match DSO version (?P<library>[\d.]{3,20})",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
    "no-driver",
    "bitsandbytes-library-missing",
)
_TOLD = r"unsupported display driver ?/ ?cuda driver combination|SYSTEM_DRIVER_MISMATCH|\(803\)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None) -> Answer:
    library = nvidia.libcuda_version or "of another version"
    module = nvidia.module_version or nvidia.driver_version or "that is loaded"
    if told := _nvidia.matching_line(_TOLD, nvidia, runtime):
        return there(seen("nvidia.libcuda_error", told), library=library, module=module, severity=_nvidia.level(torch))
    if _nvidia.works(runtime) or not _stale(nvidia):
        return cannot_tell("nvidia.libcuda_version")
    return there(
        seen("nvidia.libcuda_version", library, module),
        library=f"{library} ({nvidia.libcuda})",
        module=module,
        severity=_nvidia.level(torch),
    )


def _stale(nvidia: Nvidia) -> bool:
    """A libcuda older than the module; a newer one from a `compat` folder is meant to be newer."""
    if not (nvidia.libcuda and nvidia.module_version) or "/compat" in nvidia.libcuda:
        return False
    have, want = Version.of(nvidia.libcuda_version), Version.of(nvidia.module_version)
    return len(have) >= 2 and bool(want) and have != want


def remedies(host: Host | None) -> tuple[Action, ...]:
    look = (("ldconfig", "-p"),)
    if _nvidia.contained(host):
        build = "Build the image without NVIDIA driver packages: the libraries of the host are mounted into it"
        return (Advice(title=build), Look(title="Find every libcuda that the loader knows", commands=look))
    return (
        Reboot(title="Restart, so that the module and the libraries have the same version"),
        Look(title="Find every libcuda that the loader knows, and remove the wrong ones", commands=look),
    )

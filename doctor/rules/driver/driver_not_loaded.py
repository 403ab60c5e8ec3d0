"""The NVIDIA driver is installed, but its kernel module is not running.

## Why it matters
After a kernel update the module may not have been built for the new kernel; Secure Boot rejects unsigned modules; the
open-source `nouveau` driver may have claimed the card. nvidia-smi then cannot talk to the driver and CUDA finds no
device.

## What to do
Load the module and read the kernel log. Rebuild it (DKMS, akmods) for the running kernel with its headers, enrol the
signing key under Secure Boot, or disable nouveau; then restart.

## References
- NVML_ERROR_DRIVER_NOT_LOADED (9) in NVIDIA's NVML reference
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Runtime, Torch
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, DisableNouveau, Driver, EnrolKey, LoadModule, Look, Reboot, RebuildModule
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVIDIA driver is installed, but its kernel module is not loaded ({why})"
UNLESS = (r"\bWSL ?[12]?\b|microsoft-standard|Windows Subsystem for Linux",)  # it has no kernel module
SIGNATURES = (
    r"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver",
    r"Failed to initialize NVML: Driver Not Loaded|NVML_ERROR_DRIVER_NOT_LOADED|(?i:NVML.{0,40}Driver Not Loaded)",
    r"(?i)Unable to load the (?:'nvidia(?:-drm|-uvm)?' kernel module|kernel module 'nvidia)",
    r"modprobe: (?:ERROR|FATAL): (?:could not insert '?nvidia|Module nvidia\S{0,20} not found)",
    r"(?i)(?:modprobe|insmod).{0,60}nvidia.{0,80}(?:Key was rejected by service|Required key|No such device)",
    r"NVRM: No NVIDIA (?:GPU found|devices probed)|NVRM: The NVIDIA probe routine (?:was not called|failed) for \d",
    r"(?i)NVIDIA (?:kernel )?driver is not (?:loaded|running)",
    r"(?i)The NVIDIA kernel module.{0,40}was not (?:loaded|found|created)",
    r"(?i)nvidia\S{0,40}.{0,60}(?:version magic|bad exit status: \d|Invalid module format)",
    r"(?i)nouveau kernel driver is currently in use",
    r"Error! Bad return status for module build on kernel.{0,60}",
    r"installed nvidia-dkms-\S{1,20} package post-installation script subprocess returned error",
    r"Unable to find the kernel source tree for the currently running kernel",
)
EXPLAINS = (
    "no-driver",
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
    "driver-library-incomplete",
    "cpu-only-build-on-gpu-machine",
)
_TOLD = r"couldn't communicate with the NVIDIA driver|(?i:driver not loaded)"


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, host: Host | None) -> Answer:
    if _nvidia.works(runtime):
        return _nvidia.WORKS
    if _nvidia.on_wsl(host):
        return not_there("host.wsl", "the driver is that of Windows")
    evidence = _evidence(nvidia)
    if _nvidia.contained(host) and (_nvidia.module_loaded(nvidia) or not nvidia.nvml_error):
        return not_there("nvidia.modules", "loaded") if _nvidia.module_loaded(nvidia) else cannot_tell("nvidia.modules")
    if evidence is None:
        return _loaded_or_open(nvidia)
    return there(evidence, *_more(nvidia, host), why=_reason(nvidia, host), severity=_nvidia.level(torch))


def _evidence(nvidia: Nvidia) -> Evidence | None:
    if nvidia.nvml_error == "NVML_ERROR_DRIVER_NOT_LOADED":
        return seen("nvidia.nvml_error", nvidia.nvml_error)
    if told := _nvidia.matching_line(_TOLD, nvidia, None):
        return seen("nvidia.nvml_message", told)
    without = _installed(nvidia) and _loaded(nvidia) is False and bool(_nvidia.gpus(nvidia))
    return seen("nvidia.module_version", "not loaded") if without else None


def _loaded_or_open(nvidia: Nvidia) -> Answer:
    if _nvidia.module_loaded(nvidia):
        return not_there("nvidia.modules", "loaded")
    if nvidia.driver_version and nvidia.gpus and not nvidia.nvml_error:
        return not_there("nvidia.gpus", _nvidia.names(nvidia.gpus))
    return cannot_tell("nvidia.module_version")


def _installed(nvidia: Nvidia) -> bool:
    return bool(nvidia.module_installed or nvidia.nvml_version or nvidia.libcuda or nvidia.driver_version)


def _loaded(nvidia: Nvidia) -> bool | None:
    if nvidia.module_version is not None:
        return nvidia.module_version != ""
    return None if nvidia.modules is None else "nvidia" in nvidia.modules


def _reason(nvidia: Nvidia, host: Host | None) -> str:
    if "nouveau" in (nvidia.modules or ()):
        return "nouveau has claimed the GPU"
    if nvidia.module_installed is False:
        kernel = f" {host.kernel}" if host and host.kernel else ""
        return f"it was not built for the running kernel{kernel}"
    return (
        "Secure Boot is on and may have rejected it" if host and host.secure_boot else "the reason is in the kernel log"
    )


def _more(nvidia: Nvidia, host: Host | None) -> tuple[Evidence, ...]:
    more = [seen("nvidia.modules", ", ".join(nvidia.modules), "nvidia")] if nvidia.modules else []
    more += [seen("host.secure_boot", "on")] if host and host.secure_boot else []
    return tuple(more)


def remedies(nvidia: Nvidia | None, host: Host | None) -> tuple[Action, ...]:
    log = Look(title="Read the kernel log", commands=(("dmesg",),), root=True)
    return (*_known(nvidia, host), log, Reboot(), Driver())


def _known(nvidia: Nvidia | None, host: Host | None) -> tuple[Action, ...]:
    """What mends the cause that the facts show; else the module is loaded, which tells the cause."""
    rebuild = (RebuildModule(),) if nvidia and nvidia.module_installed is False else ()
    if nvidia and "nouveau" in (nvidia.modules or ()):
        return (*rebuild, DisableNouveau(step=bool(rebuild)))
    signed = host is not None and host.secure_boot and nvidia is not None and nvidia.module_installed
    return rebuild or (LoadModule(names=("nvidia",)), *((EnrolKey(),) if signed else ()))

"""The NVIDIA driver is installed, but its kernel module is not running.

## Why it matters
After a kernel update the module may not have been built for the new kernel; Secure Boot refuses unsigned modules;
the open `nouveau` driver may hold the card. nvidia-smi then cannot talk to the driver and CUDA finds no device.

## What to do
Load the module and read what the kernel says. Rebuild it (DKMS, akmods) for the running kernel with its headers,
enrol the signing key under Secure Boot, or switch nouveau off; then restart.

## References
- NVML_ERROR_DRIVER_NOT_LOADED (9) in NVIDIA's NVML reference
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Runtime, Torch
from doctor.model import Evidence, Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVIDIA driver is installed, but its kernel module is not loaded ({why})"
SIGNATURES = (
    r"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver",
    r"Failed to initialize NVML: Driver Not Loaded|NVML_ERROR_DRIVER_NOT_LOADED|(?i:NVML.{0,40}Driver Not Loaded)",
    r"(?i)Unable to load the (?:'nvidia(?:-drm|-uvm)?' kernel module|kernel module 'nvidia)",
    r"modprobe: (?:ERROR|FATAL): (?:could not insert '?nvidia|Module nvidia\S{0,20} not found)",
    r"(?i)modprobe.{0,60}nvidia.{0,80}(?:Key was rejected by service|Required key not available|No such device)",
    r"NVRM: No NVIDIA (?:GPU found|devices probed)|NVRM: The NVIDIA probe routine (?:was not called|failed) for \d",
    r"(?i)The NVIDIA kernel module.{0,40}was not (?:loaded|found|created)",
    r"(?i)nvidia\S{0,40}.{0,60}(?:version magic|bad exit status: \d|Invalid module format)",
    r"(?i)nouveau kernel driver is currently in use",
    r"Error! Bad return status for module build on kernel.{0,60}",
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


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, host: Host | None) -> Answer | None:
    if _nvidia.works(runtime) or _nvidia.on_wsl(host):
        return None
    if _nvidia.contained(host) and (_nvidia.module_loaded(nvidia) or not nvidia.nvml_error):
        return None
    if nvidia.nvml_error == "NVML_ERROR_DRIVER_NOT_LOADED":
        return there(
            seen("nvidia.nvml_error", nvidia.nvml_error),
            *_more(nvidia, host),
            why=_why(nvidia, host),
            severity=_nvidia.level(torch),
        )
    if told := _nvidia.said(_TOLD, nvidia, None):
        return there(
            seen("nvidia.nvml_message", told),
            *_more(nvidia, host),
            why=_why(nvidia, host),
            severity=_nvidia.level(torch),
        )
    if not _installed(nvidia) or _loaded(nvidia) is not False or not _nvidia.gpus(nvidia):
        return None
    return there(
        seen("nvidia.module_version", "not loaded"),
        *_more(nvidia, host),
        why=_why(nvidia, host),
        severity=_nvidia.level(torch),
    )


def _installed(nvidia: Nvidia) -> bool:
    return bool(nvidia.module_installed or nvidia.nvml_version or nvidia.libcuda or nvidia.driver_version)


def _loaded(nvidia: Nvidia) -> bool | None:
    if nvidia.module_version is not None:
        return nvidia.module_version != ""
    return None if nvidia.modules is None else "nvidia" in nvidia.modules


def _why(nvidia: Nvidia, host: Host | None) -> str:
    if "nouveau" in (nvidia.modules or ()):
        return "nouveau holds the GPU"
    if nvidia.module_installed is False:
        kernel = f" {host.kernel}" if host and host.kernel else ""
        return f"it was not built for the running kernel{kernel}"
    return (
        "Secure Boot is on and may have refused it" if host and host.secure_boot else "the reason is in the kernel log"
    )


def _more(nvidia: Nvidia, host: Host | None) -> tuple[Evidence, ...]:
    more = [seen("nvidia.modules", ", ".join(nvidia.modules), "nvidia")] if nvidia.modules else []
    more += [seen("host.secure_boot", "on")] if host and host.secure_boot else []
    return tuple(more)


def remedies(nvidia: Nvidia, host: Host | None) -> tuple[Remedy, ...]:
    found = [Remedy("Load the module; the kernel log says why it fails", _LOAD, Risk.ADMIN)]
    if "nouveau" in (nvidia.modules or ()):
        found.insert(0, Remedy("Switch nouveau off, then restart", _without_nouveau(host), Risk.ADMIN))
    if nvidia.module_installed is False:
        found.insert(0, Remedy("Build the module for the running kernel, then restart", _rebuild(host), Risk.ADMIN))
    if host and host.secure_boot and nvidia.module_installed:
        key = ("sudo", "mokutil", "--import", "/var/lib/shim-signed/mok/MOK.der")
        found.append(
            Remedy("Enrol the module's signing key, restart and confirm it on the blue screen", (key,), Risk.ADMIN)
        )
    return tuple(found)


_LOAD = (("sudo", "modprobe", "nvidia"), ("sudo", "dmesg"))


def _rebuild(host: Host | None) -> tuple[tuple[str, ...], ...]:
    kernel = (host.kernel if host else "") or ""
    if host and host.distribution_id == "fedora":
        return (("sudo", "akmods", "--force"), ("sudo", "reboot"))
    headers = (("sudo", "apt-get", "install", "-y", f"linux-headers-{kernel}"),) if kernel and _debian(host) else ()
    return (*headers, ("sudo", "dkms", "autoinstall"), ("sudo", "reboot"))


def _debian(host: Host | None) -> bool:
    return host is not None and bool({host.distribution_id, *host.distribution_like} & {"debian", "ubuntu"})


def _without_nouveau(host: Host | None) -> tuple[tuple[str, ...], ...]:
    text = "blacklist nouveau\\noptions nouveau modeset=0\\n"
    write = ("sudo", "sh", "-c", f"printf '{text}' > /etc/modprobe.d/blacklist-nouveau.conf")
    image = ("sudo", "update-initramfs", "-u") if _debian(host) else ("sudo", "dracut", "--force")
    return (write, image, ("sudo", "reboot"))

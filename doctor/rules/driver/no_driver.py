"""There is no NVIDIA driver (or no NVIDIA GPU) on this machine.

## Why it matters
A CUDA build of PyTorch reaches the GPU through the NVIDIA driver. Without one it computes on the CPU. On a machine
without an NVIDIA GPU that is as it should be.

## What to do
With an NVIDIA GPU: install the driver and restart. Without one: nothing, or the smaller CPU build.

## References
- https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/
"""

from __future__ import annotations

from doctor.facts import ErrorText, Host, Nvidia, Torch
from doctor.model import Evidence, Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules._driver import install_driver
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} has no driver: PyTorch cannot use it"
NO_GPU = "No NVIDIA GPU and no driver here: this CUDA build of PyTorch computes on the CPU"
SIGNATURES = (
    r"Found no NVIDIA driver on your system",
    r"CUDA driver version is insufficient for CUDA runtime version.{0,80}\bversion 0\b",
    r"(?i)Could not find (?:any )?(?:an )?NVIDIA GPU|no NVIDIA GPU (?:was |were )?(?:found|detected)",
    r"(?i)nvidia-smi(?:'| |:).{0,60}(?:command not found|is not recognized as|No such file or directory)",
    r"^\W{0,5}No devices were found\W{0,5}$",
    r"nvcuda\.dll.{0,80}(?:not found|could not be found|cannot be found)|Could not find module 'nvcuda\.dll'",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "cpu-only-build-on-gpu-machine")


def check(nvidia: Nvidia, torch: Torch | None, host: Host | None, error: ErrorText | None) -> Answer | None:
    if nvidia.driver_version != "" or nvidia.module_version or nvidia.module_installed or _nvidia.on_wsl(host):
        return None
    if nvidia.gpus or (nvidia.nvml_error not in ("", "NVML_ERROR_LIBRARY_NOT_FOUND")):
        return None
    none = seen("nvidia.driver_version", "no driver", "an NVIDIA driver")
    if nvidia.pci_gpus:
        return _with_gpu(nvidia, torch, host, none)
    if nvidia.gpus is None or not _nvidia.cuda_build(torch):
        return None
    wanted = bool(_nvidia.said(SIGNATURES, None, None, error))
    return there(none, severity=Severity.ERROR if wanted else Severity.INFO, message=NO_GPU)


def _with_gpu(nvidia: Nvidia, torch: Torch | None, host: Host | None, none: Evidence) -> Answer | None:
    if _nvidia.contained(host) or (
        nvidia.modules and "nouveau" in nvidia.modules and nvidia.module_installed is not False
    ):
        return None  # other rules' business: the host has the driver, or nouveau holds the GPU
    gpu = _nvidia.names(nvidia.pci_gpus or ())
    level = Severity.ERROR if torch is None or _nvidia.cuda_build(torch) else Severity.WARNING
    return there(none, seen("nvidia.pci_gpus", gpu), severity=level, gpu=gpu)


def remedies(host: Host | None, nvidia: Nvidia | None) -> tuple[Remedy, ...]:
    return install_driver(host) if _nvidia.gpus(nvidia) else ()

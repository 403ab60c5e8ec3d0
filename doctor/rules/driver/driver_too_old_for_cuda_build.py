"""The NVIDIA driver is too old for the CUDA version of this PyTorch build.

## Why it matters
Every CUDA major version needs a driver of its time: CUDA 13 needs 580, CUDA 12 needs 525, CUDA 11 needs 450. Within
one major version an older driver is enough. Below that PyTorch finds no device.

## What to do
Update the driver, or install a build for the CUDA version the driver carries.

## References
- https://docs.nvidia.com/deploy/cuda-compatibility/
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version, build_of
from doctor.facts import Host, Nvidia, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules._driver import install_driver
from doctor.rules._remedy import reinstall_torch
from doctor.rules.api import Answer, seen, there
from doctor.rules.gpu._support import capability

SEVERITY = Severity.ERROR
MESSAGE = "Driver {driver} is too old for torch {torch}: CUDA {cuda} needs {needed} or later"
SIGNATURES = (
    r"The NVIDIA driver on your system is too old \(found version (?P<found>\d{4,6})\)",
    r"NVIDIA driver on your system is too old",
    r"CUDA driver version is insufficient for CUDA runtime version",
    r"cudaErrorInsufficientDriver|CUDA_ERROR_INSUFFICIENT_DRIVER",
    r"API call is not supported in the installed CUDA driver|cudaErrorCallRequiresNewerDriver",
    r"requirement error: unsatisfied condition: (?:cuda|brand|driver)\S{0,40}.{0,60}please update your driver",
    r"a PyTorch version that has been compiled with your version",
)
EXPLAINS = (
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-init-failed",
    "ptx-unsupported-toolchain",
    "forward-compat-unsupported",
    "cuda-unknown-error-999",
    "gpu-arch-dropped-by-build",
)


def check(nvidia: Nvidia, torch: Torch, host: Host | None, runtime: Runtime | None) -> Answer | None:
    cuda = build_of(torch).cuda
    if not cuda or _nvidia.works(runtime) or not (nvidia.driver_version or nvidia.cuda_version):
        return None
    needed = catalog.minimum_driver(cuda, "windows" if _windows_numbers(host) else "linux")
    if nvidia.driver_version:
        if not Version.of(nvidia.driver_version).older_than(needed):
            return None
        evidence = seen("nvidia.driver_version", nvidia.driver_version, f"{needed} or later")
        return there(evidence, driver=nvidia.driver_version, torch=torch.version, cuda=cuda, needed=needed)
    first = f"{Version.of(cuda).cut(1)}.0"
    if not Version.of(nvidia.cuda_version).older_than(first):
        return None
    evidence = seen("nvidia.cuda_version", nvidia.cuda_version, f"{first} or later")
    return there(evidence, driver=f"of CUDA {nvidia.cuda_version}", torch=torch.version, cuda=cuda, needed=needed)


def _windows_numbers(host: Host | None) -> bool:
    """Inside WSL the driver carries the Windows side's number."""
    return host is not None and (host.os == "windows" or bool(host.wsl))


def remedies(torch: Torch, python: Python | None, host: Host | None, nvidia: Nvidia | None) -> tuple[Remedy, ...]:
    needed = catalog.minimum_driver(build_of(torch).cuda or "12.0", "windows" if _windows_numbers(host) else "linux")
    other = reinstall_torch(python, host, nvidia, torch)
    return other if _ended(nvidia, needed) else (*install_driver(host, needed), *other)


def _ended(nvidia: Nvidia | None, needed: str) -> bool:
    """Whether a GPU here is of a generation whose drivers ended before the one that is needed."""
    known = [catalog.architecture(capability(gpu) or "") for gpu in _nvidia.gpus(nvidia)]
    return any(row is not None and Version.of(row.last_driver).older_than(needed.partition(".")[0]) for row in known)

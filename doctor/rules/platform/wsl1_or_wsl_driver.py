"""WSL cannot use the GPU: WSL 1, an old Windows, or a Linux driver inside WSL.

## Why it matters
Only WSL 2 reaches the GPU, through the driver of the Windows side and the libraries in /usr/lib/wsl/lib. It takes
Windows 11 or Windows 10 21H2 and a WSL kernel from 5.10.16 on. A Linux NVIDIA driver inside WSL hides those
libraries.

## What to do
Convert the distribution to WSL 2, update Windows, WSL and the Windows driver, and remove Linux driver packages from
inside.

## References
- https://docs.nvidia.com/cuda/wsl-user-guide/
- https://learn.microsoft.com/windows/wsl/tutorials/gpu-compute
"""

from __future__ import annotations

from doctor.catalog import Version, build_of, floors
from doctor.facts import ErrorText, Host, Nvidia, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "This WSL does not reach the GPU: {why}"
SIGNATURES = (
    r"(?i)WSL ?1\b.{0,80}(?:GPU|CUDA)|(?:GPU|CUDA).{0,80}(?:not supported|unavailable).{0,40}WSL ?1\b",
    r"WSL environment detected but no adapters were found",
    r"GPU access blocked by the operating system",
    r"Failed to (?:initialize|properly shut down) NVML: N/A",
    r"(?i)libdxcore\.so: cannot open|Failed to load libdxcore|dxcore initialization failed|dxgkio_\w+: Ioctl failed",
    r"(?i)WSL.{0,60}\bdo(?:es)? not support.{0,40}GPU",
    r"Using 'pin_memory=False' as WSL is detected",
)
EXPLAINS = (
    "container-without-gpu",
    "no-driver",
    "driver-not-loaded",
    "driver-library-incomplete",
    "driver-userland-mismatch-803",
    "nvml-driver-library-mismatch",
    "cuda-init-failed",
    "cuda-unavailable",
    "cuda-unavailable-undetermined",
    "cuda-unknown-error-999",
    "cuda-device-busy-or-exclusive",
)
_COUNT = r"(?:Error 2|CUDA error|cuda runtime error \(2\)).{0,4}: ?out of memory"


def check(
    host: Host, nvidia: Nvidia | None, torch: Torch | None, runtime: Runtime | None, error: ErrorText | None
) -> Answer | None:
    if not host.wsl or _nvidia.works(runtime):
        return None
    if host.wsl == 1:
        level = Severity.ERROR if _nvidia.cuda_build(torch) else Severity.INFO
        return there(seen("host.wsl", 1, "WSL 2"), severity=level, why="WSL 1 has no GPU support")
    if build_of(torch).kind == "cpu":
        return None
    return _old(host) or _linux_driver(nvidia) or _refused(nvidia, runtime, error)


def _old(host: Host) -> Answer | None:
    build, kernel = floors.limit("windows build with GPUs in WSL"), floors.limit("WSL kernel with GPUs")
    told = Version.of(host.windows_build)
    if Version(told[2:3] or told[:1]).older_than(build):
        return there(seen("host.windows_build", host.windows_build, f"{build} or later"), why="Windows is too old")
    if Version.of(host.kernel).older_than(kernel):
        return there(seen("host.kernel", host.kernel, f"{kernel} or later"), why="its kernel is too old")
    return None


def _linux_driver(nvidia: Nvidia | None) -> Answer | None:
    """A versioned libcuda, or one outside WSL's folder, comes from a Linux driver package."""
    library = nvidia.libcuda if nvidia else None
    if library and "/wsl/" not in library and "/compat" not in library and "/stubs/" not in library:
        evidence = seen("nvidia.libcuda", library, "/usr/lib/wsl/lib/libcuda.so.1")
        return there(evidence, why="a Linux NVIDIA driver inside WSL hides the one of Windows")
    if nvidia and nvidia.nvml_error == "NVML_ERROR_OPERATING_SYSTEM":
        return there(seen("nvidia.nvml_error", nvidia.nvml_error), why="the operating system blocks GPU access")
    return None


def _refused(nvidia: Nvidia | None, runtime: Runtime | None, error: ErrorText | None) -> Answer | None:
    """With several GPUs, WSL's device count runs out of memory where nothing has been allocated yet."""
    told = _nvidia.said(r"cudaGetDeviceCount\(\)", nvidia, runtime, error)
    found = _nvidia.gpus(nvidia)
    if len(found) < 2 or not _nvidia.said(_COUNT, nvidia, runtime, error) or not told:
        return None
    why = "counting its several GPUs fails; update Windows, WSL and the driver, or show one GPU at a time"
    return there(seen("runtime.cuda_warning", told), seen("nvidia.gpus", _nvidia.names(found)), why=why)


def remedies(host: Host, nvidia: Nvidia | None) -> tuple[Remedy, ...]:
    if host.wsl == 1:
        commands = (("wsl.exe", "--list", "--verbose"), ("wsl.exe", "--set-version", "DISTRIBUTION", "2"))
        return (Remedy("On the Windows side: convert this distribution to WSL 2", commands, Risk.MANUAL),)
    update = (("wsl.exe", "--update"), ("wsl.exe", "--shutdown"))
    found = [Remedy("On the Windows side: update Windows, the NVIDIA driver and WSL", update, Risk.MANUAL)]
    if _linux_driver(nvidia):
        purge = ("sudo", "apt-get", "purge", "^nvidia-.*", "^libnvidia-.*")
        found.insert(0, Remedy("Remove the Linux driver from inside WSL", (purge, ("sudo", "ldconfig")), Risk.ADMIN))
    return tuple(found)

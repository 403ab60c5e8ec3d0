"""WSL cannot use the GPU: WSL 1, an old Windows, or a Linux driver inside WSL.

## Why it matters
Only WSL 2 can use the GPU, through the Windows driver and the libraries in /usr/lib/wsl/lib. It requires Windows 11 or
Windows 10 21H2, and WSL kernel 5.10.16 or later. A Linux NVIDIA driver inside WSL hides those libraries.

## What to do
Convert the distribution to WSL 2, update Windows, WSL and the Windows driver, and remove the Linux driver packages from
WSL.

## References
- https://docs.nvidia.com/cuda/wsl-user-guide/
- https://learn.microsoft.com/windows/wsl/tutorials/gpu-compute
"""

from __future__ import annotations

from doctor.catalog import Version, build_of, floors
from doctor.facts import ErrorText, Host, Nvidia, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, RemoveDriverLibraries, Rerun, UpdateWsl, WslVersion2
from doctor.rules import _nvidia
from doctor.rules.api import Answer, There, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "WSL cannot use the GPU: {why}"
SIGNATURES = (
    r"WSL environment detected but no adapters were found",
    r"/lib/modules/\S{0,40}microsoft-standard|WSL 2 requires an update to its kernel component",
    r"GPU access (?:is |was )?blocked (?:by the operating system|in (?:my )?WSL)",
    r"Failed to (?:initialize|properly shut down) NVML: N/A",
    r"libdxcore\.so: cannot open shared object file",
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
UPDATE = "Use WSL 2, and on the Windows side update Windows, WSL and the NVIDIA driver"
WITH_WINDOWS = "Check whether the library of Windows works: run the program with that library first"
_NO_GPU = r"Found no NVIDIA driver|No CUDA GPUs are available|no CUDA-capable device is detected"
# as CUDA tells it where there is none
_NO_VERSION = r"(?i)^\W{0,4}(?:CUDA )?(?:Driver|Runtime) Version\s?[:=]\s{0,3}0(?:\.0)?\W{0,4}$"
_COUNT = r"(?:Error 2|CUDA error|cuda runtime error \(2\)).{0,4}: ?out of memory"


def check(
    host: Host, nvidia: Nvidia | None, torch: Torch | None, runtime: Runtime | None, error: ErrorText | None
) -> Answer:
    if host.wsl == 0 or host.os in ("windows", "macos"):
        return not_there("host.wsl", "not in WSL")
    if host.wsl is None:
        return cannot_tell("host.wsl")
    if _nvidia.works(runtime):
        return not_there("runtime.cuda_available", True)
    if host.wsl == 1:
        told = _nvidia.matching_line(_NO_GPU, None, runtime, error)
        level = Severity.ERROR if _nvidia.cuda_build(torch) or told else Severity.INFO
        return there(seen("host.wsl", 1, "WSL 2"), severity=level, why="WSL 1 has no GPU support")
    if build_of(torch).kind == "cpu":
        return cannot_tell("runtime.cuda_available")
    found = _old(host) or _driver(host, nvidia, runtime) or _refused(nvidia, runtime, error) or _none(error)
    return found or cannot_tell("runtime.cuda_available")


def _old(host: Host) -> There | None:
    windows, kernel = floors.limit("windows build with GPUs in WSL"), floors.limit("WSL kernel with GPUs")
    build = Version.of(host.windows_build)
    if Version(build[2:3] or build[:1]).older_than(windows):  # "22631", or "10.0.22631"
        return there(seen("host.windows_build", host.windows_build, f"{windows} or later"), why="Windows is too old")
    if Version.of(host.kernel).older_than(kernel):
        return there(seen("host.kernel", host.kernel, f"{kernel} or later"), why="its kernel is too old")
    return None


def _driver(host: Host, nvidia: Nvidia | None, runtime: Runtime | None) -> There | None:
    if library := _foreign(host, nvidia):
        evidence = seen("nvidia.libcuda", library, "/usr/lib/wsl/lib/libcuda.so.1")
        # a link of the user's to the library of Windows looks the same, and does no harm
        level = Severity.ERROR if _nvidia.fails(runtime) else Severity.WARNING
        return there(evidence, severity=level, why="a Linux NVIDIA driver inside WSL hides the one of Windows")
    if nvidia and nvidia.nvml_error == "NVML_ERROR_OPERATING_SYSTEM":
        return there(seen("nvidia.nvml_error", nvidia.nvml_error), why="the operating system blocks GPU access")
    return None


def _foreign(host: Host, nvidia: Nvidia | None) -> str:
    """libcuda outside WSL's folder, which a Linux driver package brings. A container gets it under another path."""
    library = (nvidia.libcuda if nvidia else None) or ""
    usual = any(part in library for part in ("/wsl/", "/compat", "/stubs/"))
    return "" if usual or _nvidia.contained(host) else library


def _refused(nvidia: Nvidia | None, runtime: Runtime | None, error: ErrorText | None) -> There | None:
    """With several GPUs, WSL's device count runs out of memory where nothing has been allocated yet."""
    told = _nvidia.matching_line(r"cudaGetDeviceCount\(\)", nvidia, runtime, error)
    found = _nvidia.gpus(nvidia)
    if len(found) < 2 or not _nvidia.matching_line(_COUNT, nvidia, runtime, error) or not told:
        return None
    why = "counting its several GPUs fails; update Windows, WSL and the driver, or show one GPU at a time"
    return there(seen("runtime.cuda_warning", told), seen("nvidia.gpus", _nvidia.names(found)), why=why)


def _none(error: ErrorText | None) -> There | None:
    told = _nvidia.matching_line(_NO_VERSION, None, None, error)
    why = "CUDA finds no driver there, which WSL has from the one of Windows"
    return there(seen("error.text", told, "the version of a driver"), why=why) if told else None


def remedies(host: Host | None, nvidia: Nvidia | None) -> tuple[Action, ...]:
    if host is None or not host.wsl:
        return (Advice(title=UPDATE),)
    if host.wsl == 1:
        return (WslVersion2(),)
    if not _foreign(host, nvidia):
        return (UpdateWsl(),)
    first = Rerun(set=(("LD_LIBRARY_PATH", "/usr/lib/wsl/lib"),), title=WITH_WINDOWS)
    return (first, RemoveDriverLibraries(), UpdateWsl())

"""The kernel driver runs, but its CUDA library (libcuda) is missing or cannot be loaded.

## Why it matters
nvidia-smi can list the GPU while CUDA cannot start: it then shows "CUDA Version: N/A". Usual causes are a driver
package without its compute part, a container started without the `compute` capability, or libcuda outside the loader's
path.

## What to do
Install the driver's compute libraries of the same version. In a container, request the `compute` capability.

## References
- https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
"""

from __future__ import annotations

from doctor.facts import Nvidia, Runtime, Torch, Variables
from doctor.model import Evidence, Severity
from doctor.remedy.actions import Action, Advice, DriverLibraries
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVIDIA driver {driver} is installed, but its CUDA library is missing: {why}"
SIGNATURES = (
    r"CUDA driver library could not be loaded:",
    r"CUDA (?:UMD )?Version:\s{0,20}(?:N/A|ERR!)",
    r"libcuda\.so(?:\.1)?: cannot open shared object file",
    r"libcuda\.so\S{0,20}: (?:file too short|invalid ELF header)|stubs/libcuda\.so|CUDA driver library cannot be found",
    r"(?i)could not load dynamic library '?libcuda\.so",
    r"CUDA driver is a stub library|cudaErrorStubLibrary|CUDA_ERROR_STUB_LIBRARY",
    r"libnvidia-ptxjitcompiler\.so(?:\.1)?: cannot open|PTX JIT compiler library not found",
    r"(?i)failed to load CUDA driver!|NVML_ERROR_LIBRARY_NOT_FOUND",
    r"(?i)NVIDIA-SMI couldn't find libnvidia-ml\.so",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "no-driver", "cuda-init-failed")


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, variables: Variables | None) -> Answer:
    version = nvidia.driver_version or nvidia.module_version
    if _nvidia.works(runtime):
        return _nvidia.WORKS
    if not version:
        none = nvidia.driver_version == ""
        return not_there("nvidia.driver_version", "no driver") if none else cannot_tell("nvidia.driver_version")
    lacking = _lacking(nvidia)
    if lacking is None:
        return not_there("nvidia.libcuda", nvidia.libcuda) if nvidia.libcuda else cannot_tell("nvidia.libcuda")
    evidence, why = lacking
    return there(evidence, *_capabilities(variables), driver=version, why=why, severity=_nvidia.level(torch))


def _lacking(nvidia: Nvidia) -> tuple[Evidence, str] | None:
    if nvidia.nvml_error == "NVML_ERROR_LIBRARY_NOT_FOUND":
        return seen("nvidia.nvml_error", nvidia.nvml_error), "libnvidia-ml was not found"
    if nvidia.libcuda == "":
        return seen("nvidia.libcuda", "not found", "libcuda.so.1"), "the loader finds no libcuda.so.1"
    if nvidia.cuda_version == "":
        return seen("nvidia.cuda_version", "N/A", "a version"), "nvidia-smi shows no CUDA version"
    if _is_stub(nvidia):
        return seen("nvidia.libcuda", nvidia.libcuda), "the loader finds the linker's stub"
    return None


def _is_stub(nvidia: Nvidia | None) -> bool:
    return nvidia is not None and "/stubs/" in (nvidia.libcuda or "")


def _capabilities(variables: Variables | None) -> tuple[Evidence, ...]:
    value = variables.values.get("NVIDIA_DRIVER_CAPABILITIES") if variables else None
    if value is None or "all" in value or "compute" in value:
        return ()
    return (seen("variables.values.NVIDIA_DRIVER_CAPABILITIES", value, "compute,utility"),)


def remedies(nvidia: Nvidia | None) -> tuple[Action, ...]:
    off = Advice(title="Remove the `stubs` folder from LD_LIBRARY_PATH: its files are for linking only")
    return (off,) if _is_stub(nvidia) else (DriverLibraries(),)

"""The kernel driver runs, but its CUDA library (libcuda) is missing or cannot be loaded.

## Why it matters
nvidia-smi can list the GPU while CUDA cannot start: it then shows "CUDA Version: N/A". Usual causes are a driver
package without its compute part, a container started without the `compute` capability, or libcuda outside the
loader's path.

## What to do
Install the driver's compute libraries of the same version. In a container ask for the `compute` capability.

## References
- https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Runtime, Torch, Variables
from doctor.model import Evidence, Remedy, Risk, Severity
from doctor.rules import _nvidia
from doctor.rules._driver import install_driver
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "The NVIDIA driver {driver} is there, but its CUDA library is not: {why}"
SIGNATURES = (
    r"CUDA (?:UMD )?Version:\s{0,20}(?:N/A|ERR!)",
    r"libcuda\.so(?:\.1)?: cannot open shared object file",
    r"(?i)could not load dynamic library '?libcuda\.so",
    r"CUDA driver is a stub library|cudaErrorStubLibrary|CUDA_ERROR_STUB_LIBRARY",
    r"libnvidia-ptxjitcompiler\.so(?:\.1)?: cannot open|PTX JIT compiler library not found",
    r"(?i)failed to load CUDA driver!|NVML_ERROR_LIBRARY_NOT_FOUND",
    r"(?i)NVIDIA-SMI couldn't find libnvidia-ml\.so",
)
EXPLAINS = ("cuda-unavailable", "cuda-unavailable-undetermined", "no-driver", "cuda-init-failed")


def check(nvidia: Nvidia, torch: Torch | None, runtime: Runtime | None, variables: Variables | None) -> Answer | None:
    version = nvidia.driver_version or nvidia.module_version
    if not version or _nvidia.works(runtime):
        return None
    if nvidia.nvml_error == "NVML_ERROR_LIBRARY_NOT_FOUND":
        evidence, why = seen("nvidia.nvml_error", nvidia.nvml_error), "libnvidia-ml is not found"
    elif nvidia.libcuda == "":
        evidence, why = seen("nvidia.libcuda", "not found", "libcuda.so.1"), "the loader finds no libcuda.so.1"
    elif nvidia.cuda_version == "":
        evidence, why = seen("nvidia.cuda_version", "N/A", "a version"), "nvidia-smi shows no CUDA version"
    elif nvidia.libcuda and "/stubs/" in nvidia.libcuda:
        evidence, why = seen("nvidia.libcuda", nvidia.libcuda), "the loader finds the linker's stub"
    else:
        return None
    return there(evidence, *_capabilities(variables), driver=version, why=why, severity=_nvidia.level(torch))


def _capabilities(variables: Variables | None) -> tuple[Evidence, ...]:
    value = variables.values.get("NVIDIA_DRIVER_CAPABILITIES") if variables else None
    if value is None or "all" in value or "compute" in value:
        return ()
    return (seen("variables.values.NVIDIA_DRIVER_CAPABILITIES", value, "compute,utility"),)


def remedies(host: Host | None, nvidia: Nvidia | None) -> tuple[Remedy, ...]:
    if _nvidia.contained(host):
        start = ("docker", "run", "--gpus", "all", "-e", "NVIDIA_DRIVER_CAPABILITIES=compute,utility", "IMAGE")
        return (_nvidia.manual("Start the container with the compute libraries", start),)
    if _nvidia.on_wsl(host):
        return (
            _nvidia.manual(
                "Put WSL's own libraries back on the loader's path", ("ls", "/usr/lib/wsl/lib"), ("sudo", "ldconfig")
            ),
        )
    branch = ((nvidia.driver_version if nvidia else "") or "").partition(".")[0]
    if branch and host and {host.distribution_id, *host.distribution_like} & {"ubuntu"}:
        command = ("sudo", "apt-get", "install", "-y", f"libnvidia-compute-{branch}")
        return (Remedy("Install the driver's compute libraries", (command,), Risk.ADMIN),)
    if host and host.distribution_id == "debian":
        return (Remedy("Install libcuda", (("sudo", "apt-get", "install", "-y", "libcuda1"),), Risk.ADMIN),)
    if host and host.distribution_id == "fedora":
        command = ("sudo", "dnf", "install", "-y", "xorg-x11-drv-nvidia-cuda-libs")
        return (Remedy("Install the driver's compute libraries", (command,), Risk.ADMIN),)
    return install_driver(host)

"""A CUDA library cannot be opened.

## Why it matters
A package asks for a CUDA library of a version that is not installed: torch without its NVIDIA wheels (`--no-deps`,
a copied environment), or an extension built for another major version of CUDA than torch.

## What to do
Install torch with its requirements; when an extension asks, install the build of it that fits torch's CUDA.

## References
- https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Packages, Python, Runtime, Torch, Unmet
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules._remedy import reinstall_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch needs {requirement}, which is not installed"
SIGNATURES = (
    r"lib(?:cudart|cublas|cublasLt|cufft|cufftw|curand|cusparse|cusparseLt|cusolver|cusolverMg|nvrtc"
    r"|nvrtc-builtins|nvToolsExt|cupti|nccl|"
    r"nvJitLink|cufile|nvshmem_host|npp\w+|nvjpeg)(?:-[0-9a-f]{6,10})?\.so\S*: "
    r"(?:cannot open shared object file|file not found)",
    r"(?:not |n't |cannot |fail\w* ).{0,60}(?:cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver"
    r"|nvrtc)64_\d+\w*\.dll",
    r"(?:cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver|nvrtc)64_\d+\w*\.dll.{0,40}(?:not found"
    r"|missing|is not)",
    r"lib(?:cu|nv|nccl)\w*\.so\S{0,20} not found in the system path",
    r"local variable 'cublas_path' referenced before assignment",
    r"(?:Could not|Cannot) load dynamic library '?lib(?:cudart|cublas|cufft|curand|cusolver|cusparse)",
    r"Library lib(?:cudart|cublas|cufft|curand|cusolver|cusparse"
    r"|nvrtc)\S{0,20} is not found or cannot be loaded",
    r"failed to open libnvrtc-builtins|nvrtc: error: failed to open",
    r"CUDA Setup failed despite (?:GPU|CUDA) being available|libbitsandbytes_cuda\w+\.so",
    r"CUDA_HOME environment variable is not set",
)
EXPLAINS = ("torch-not-importable", "cudnn-mismatch-or-missing", "nvjitlink-undefined-symbol")


def check(torch: Torch, packages: Packages, runtime: Runtime | None) -> Answer | None:
    unmet = _missing(packages)
    if not torch.version or torch.cuda_version == "" or unmet is None or (runtime and runtime.imported):
        return None
    return there(seen("packages.unmet", "not installed", unmet.requirement), requirement=unmet.requirement)


def remedies(
    packages: Packages | None, python: Python | None, host: Host | None, nvidia: Nvidia | None, torch: Torch | None
) -> tuple[Remedy, ...]:
    wanted = tuple(u.requirement.partition(";")[0].strip() for u in (packages.unmet if packages else ()) if _is_cuda(u))
    if wanted:
        return (Remedy("Install what is missing", (install(python, *wanted),), writes=environment_of(python)),)
    return reinstall_torch(python, host, nvidia, torch) if host else ()


def _missing(packages: Packages) -> Unmet | None:
    return next((u for u in packages.unmet if _is_cuda(u)), None)


def _is_cuda(unmet: Unmet) -> bool:
    nvidia = unmet.requirement.startswith(("nvidia-", "cuda-"))
    return unmet.package == "torch" and not unmet.found and nvidia and "cudnn" not in unmet.requirement

"""A CUDA library cannot be opened.

## Why it matters
A package needs a version of a CUDA library that is not installed: torch without its NVIDIA wheels (`--no-deps`, a
copied environment), or an extension built for another major version of CUDA than torch.

## What to do
Install torch with its requirements; if an extension needs the library, install its build for the CUDA version of torch.

## References
- https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPip, AskPython, FittingTorch, Install
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.packages import _needs

SEVERITY = Severity.ERROR
MESSAGE = "torch needs {requirement}, which is not installed"
SIGNATURES = (
    r"Could not find module '[^']{0,200}(?:cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver"
    r"|nvrtc)64_\w{1,12}\.dll'",
    r"(?<!dlerror: )lib(?:cudart|cublas|cublasLt|cufft|cufftw|curand|cusparse|cusparseLt|cusolver|cusolverMg|cudss"
    r"|nvrtc|nvrtc-builtins|nvToolsExt|cupti|nccl|"
    r"nvJitLink|cufile|nvshmem_host|npp\w+|nvjpeg)(?:-[0-9a-f]{6,10})?\.so\S*: "
    r"(?:cannot open shared object file|file not found)",
    r"(?:Import|OS)Error: lib(?:cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver|nvrtc|nccl)\.so\.\d{1,2}\W{0,3}$",
    r"(?:not (?!found in [A-Za-z]:)|n't |cannot |fail\w{0,6} )(?:(?!WinError 1114).){0,60}"
    r"(?:cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver|nvrtc)64_\d{1,4}\w{0,10}\.dll",
    r"(?:cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver|nvrtc)64_\d{1,4}\w{0,10}\.dll(?:(?!Symbol ).){0,40}"
    r"(?:not found|missing|is not)",
    r"lib(?:cu|nv|nccl)\w*\.so\S{0,20} not found in the system path",
    r"(?:Could not|Cannot) load dynamic library '?lib(?:cublas|cufft|curand|cusolver|cusparse)",
    r"Library lib(?:cudart|cublas|cufft|curand|cusolver|cusparse"
    r"|nvrtc)\S{0,20} is not found or cannot be loaded",
    r"failed to open libnvrtc-builtins|nvrtc: error: failed to open",
    r"\blib(?:cudart|nvrtc|cublas(?:Lt)?|cufft|curand|cusparse|cusolver|nvJitLink)\.so\.\d{1,2} (?:=> )?"
    r"(?:is |was |are )?(?:not found|missing)\b",
    # ONNX Runtime, which finds neither CUDA's libraries nor cuDNN
    r"CUDA_PATH is set but CUDA was(?: not|n't) able to be loaded|Failed to create CUDAExecutionProvider\b",
    r"\bLibrary (?:cudart|cublasLt|cublas|nvrtc) is not initialized",  # cpm_kernels
    r"Could not find any NVRTC library|Error in dlopen(?: for library)?:? .{0,60}(?:nvrtc|libcu)",
)
EXPLAINS = ("torch-not-importable", "cudnn-mismatch-or-missing", "nvjitlink-undefined-symbol")


COMPARE = "See which CUDA torch is built for: the number in the name of the library must have the same major version"


def check(torch: Torch, packages: Packages, runtime: Runtime | None, host: Host | None) -> Answer:
    if host and host.os == "macos":
        return not_there("host.os", host.os)
    missing = _missing(packages)
    if not torch.version or torch.cuda_version == "" or not missing or (runtime and runtime.imported):
        return cannot_tell("error.text")  # another package may ask for a library
    return there(seen("packages.unmet", "not installed", missing[0]), requirement=missing[0])


def remedies(packages: Packages | None) -> tuple[Action, ...]:
    if missing := _missing(packages):
        wanted = tuple(requirement.partition(";")[0].strip() for requirement in missing)
        return (Install(wanted, title="Install what is missing"),)
    compare = AskPython("import torch; print(torch.__version__, torch.version.cuda)", title=COMPARE)
    check = AskPip(("check",), title="Check whether something that torch requires is missing")
    return (compare,) if packages and packages.complete else (check, compare, FittingTorch())


def _missing(packages: Packages | None) -> tuple[str, ...]:
    """The wheels of CUDA that torch asks for and that are not there; cuDNN has a rule of its own."""
    asked = (u for u in (_needs.unmet(packages) if packages else ()) if not u.found)
    return tuple(
        u.requirement for u in asked if u.requirement.startswith(("nvidia-", "cuda-")) and "cudnn" not in u.requirement
    )

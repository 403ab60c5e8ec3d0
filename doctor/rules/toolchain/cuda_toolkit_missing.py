"""A package is compiled here, and there is no CUDA toolkit.

## Why it matters
PyTorch's own wheels need no toolkit. Packages that are compiled here (flash-attn, apex, detectron2) need nvcc and
CUDA's headers. They look in CUDA_HOME, then for nvcc on the PATH, then in `/usr/local/cuda`.

## What to do
Install a wheel that is already compiled for this PyTorch if there is one. Otherwise install the toolkit of the CUDA
version that PyTorch was built with, and let CUDA_HOME name its folder: one folder, without a colon.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
- https://developer.nvidia.com/cuda-toolkit-archive
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host, Toolkits, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.toolchain import _toolkit

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"CUDA_HOME environment variable is not set",
    r"CUDA was not found on the system, please set the CUDA_HOME",
    r"MissingCUDAException|CUDA_HOME does not exist, unable to compile CUDA op",
    r"name 'bare_metal_version' is not defined",  # setup.py of several packages, where nvcc is not found
    r"(?i)\bJIT\b.{0,80}\bnvcc (?:isn't|is not|was not|not) (?:discoverable|found|available|installed)",
    r"subprocess\.check_output\(\[cuda_dir \+ .{1,3}/bin/nvcc\b",  # of such a setup.py, where it raises
    r"was requested, but nvcc was not found|\[FAIL\]\W{0,3}nvcc missing",
    r"Could not find nvcc and default cuda_home=",  # FlashInfer, which compiles when it runs
    r"nvcc not found at '.{1,300}'\. Ensure CUDA path",
    r"No such file or directory: '[^']{0,200}\bnvcc(?:\.exe)?'",
    # what a build starts; somebody who only looks for nvcc at a prompt may have another problem
    r"(?:/(?:ba)?sh: (?:(?:line )?\d{1,4}: )?|make\S{0,5}: )\S{0,120}\bnvcc: (?:[Cc]ommand )?not found",
    r"Could NOT find CUDA\w{0,10} \(missing|[Ff]ailed to find nvcc\b",
    r"CUDA_TOOLKIT_ROOT_DIR not found or specified|No CMAKE_CUDA_COMPILER could be found",
    r"(?:fatal error|file):? ?.{0,10}\b(?:cuda|cuda_runtime(?:_api)?|cuda_fp16|cuda_bf16|cublas_v2|cusparse|cusolverDn"
    r"|curand|cufft|nvrtc|nvToolsExt|crt[\\/]host_defines)\.h(?:pp)?[\"'’]?(?: file not found|:)",
    r"\bcuda_dir \+ ['\"]/bin/nvcc['\"].{0,120}'NoneType' and 'str'",
    r"Could not find nvcc, please set CUDAToolkit_ROOT|^sh: \d{1,4}: \S{0,120}\bnvcc: not found",
    r"command '(?:\S{0,200}[\\/])?nvcc(?:\.exe)?' failed: No such file",
)
EXPLAINS = ("jit-extension-not-built", "extension-not-compiled")
NO_CUDA = "Look whether the package can be built without CUDA: there is none on this machine's platform"


MESSAGE = "{package} is compiled here, and there is no CUDA compiler (nvcc)"
_COMPILED = re.compile(  # for CUDA, by pip; what their setup.py says of nvcc is often cut off
    r"(?i)\b(?:installing|install|downloading|wheels? for|building wheel)\b[^\n]{0,60}?"
    r"\b(?P<package>flash[-_]attn|causal[-_]conv1d|mamba[-_]ssm|pytorch3d|nvdiffrast|tiny-?cuda-?nn|apex|gsplat)\b"
    r"(?![^\n]{0,80}\.whl)"
)
_FAILED = r"did not run successfully|subprocess-exited-with-error|metadata-generation-failed|Failed building wheel for"


def check(host: Host | None, toolkits: Toolkits | None, error: ErrorText | None) -> Answer:
    if host and host.os == "macos":
        return _nvidia.ON_A_MAC
    absent = toolkits is not None and toolkits.nvcc_version == "" and not toolkits.installed
    compiled = _COMPILED.search(error.text) if error and absent else None
    failed = _nvidia.matching_line(_FAILED, None, None, error) if compiled else ""
    if not compiled or not failed:
        return cannot_tell("error.text")
    without = seen("toolkits.nvcc_version", "none", "nvcc")
    return there(without, seen("error.text", failed), severity=Severity.WARNING, package=compiled["package"])


def remedies(torch: Torch | None, toolkits: Toolkits | None) -> tuple[Action, ...]:
    if torch and torch.hip_version:
        return (Advice(title=NO_CUDA),)
    if torch and torch.cuda_version == "":
        return (FittingTorch(accelerator="cuda"),)
    wheel = Advice(
        title="If the package has a wheel for this PyTorch, Python and CUDA, install that: it needs no toolkit"
    )
    return wheel, *_toolkit.of_torch(torch, toolkits)

"""PTX from a newer CUDA than the driver knows cannot be compiled on this machine.

## Why it matters
Minor-version compatibility covers machine code only. The driver compiles intermediate code (PTX), and a driver older
than the CUDA version that produced it refuses: "the provided PTX was compiled with an unsupported toolchain".
Triton brings an assembler (ptxas) of its own. What that makes for the GPU, a driver of an older CUDA major version
cannot load: "Triton Error [CUDA]: device kernel image is invalid".

## What to do
Use a build (or extension) that has machine code for the GPU, or update the driver to the CUDA version of the build or
later. Where the driver has to stay, `TRITON_PTXAS_PATH` can name the ptxas of a toolkit that it knows.

## References
- cudaErrorUnsupportedPtxVersion (222) in the CUDA runtime API reference
- https://github.com/pytorch/pytorch/issues/119054
- https://github.com/triton-lang/triton/issues/3001
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version, build_of
from doctor.facts import ErrorText, Host, Nvidia, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Driver, FittingTorch
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "{gpu} needs PTX of CUDA {cuda}, but driver {driver} compiles it only up to CUDA {carried}"
SIGNATURES = (
    r"the provided PTX was compiled with an unsupported toolchain",
    r"cudaErrorUnsupportedPtxVersion|CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
    r"CUDA initialization failure with error: 222\b",  # TensorRT
    r"Unsupported \.version \d{1,2}\.\d; current version is",
    r"Triton Error \[CUDA\]: device kernel image is invalid",  # the ptxas that Triton brings made it, for this very GPU
)
EXPLAINS = ("gpu-arch-newer-than-build",)
_TOLD = SIGNATURES[0]


def check(
    nvidia: Nvidia,
    torch: Torch,
    runtime: Runtime | None,
    host: Host | None,
    python: Python | None,
    error: ErrorText | None,
) -> Answer:
    cuda = build_of(torch).cuda
    carried = nvidia.cuda_version or catalog.driver_cuda(nvidia.driver_version or "")
    if not cuda or not carried:
        return cannot_tell("nvidia.cuda_version" if cuda else "torch.cuda_version")
    if not Version.of(carried).older_than(cuda):
        return cannot_tell("toolkits.nvcc_version")  # an extension may hold PTX of a newer CUDA than torch's
    told = _nvidia.matching_line(_TOLD, None, runtime, error)
    judged = _support.judge(nvidia, torch, runtime, host, python)
    jit = judged.newer if judged and judged.code.ptx else ()
    if not told and not jit:
        return cannot_tell("error.text")
    evidence = seen("nvidia.driver_version", nvidia.driver_version or carried, f"one that supports CUDA {cuda}")
    driver = nvidia.driver_version or "installed here"
    gpu = _nvidia.names(jit or _nvidia.gpus(nvidia)) or "The program"
    return there(evidence, gpu=gpu, cuda=cuda, driver=driver, carried=carried)


def remedies(
    torch: Torch | None, nvidia: Nvidia | None, runtime: Runtime | None, host: Host | None, python: Python | None
) -> tuple[Action, ...]:
    """torch is to blame only where it has no machine code for the GPU itself."""
    judged = _support.judge(nvidia, torch, runtime, host, python) if nvidia and torch else None
    other = (FittingTorch(accelerator="cuda"),) if judged and judged.newer else ()
    windows = host is not None and (host.os == "windows" or bool(host.wsl))
    rows = {row.cuda: row.toolkit_windows if windows else row.toolkit_linux for row in catalog.drivers().toolkits}
    return (*other, Driver(at_least=rows.get(build_of(torch).cuda, "")))

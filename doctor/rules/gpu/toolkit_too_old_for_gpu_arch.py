"""The CUDA toolkit's compiler does not know this GPU's architecture.

## Why it matters
Compiling an extension (or PyTorch itself) for the GPU fails with "Unsupported gpu architecture". PyTorch's own binaries
run without a toolkit, so nothing else is affected.

## What to do
Install a toolkit that knows the GPU, of the CUDA major version of the PyTorch build, or compile for an older
architecture of the same generation.

## References
- https://docs.nvidia.com/cuda/cuda-compiler-driver-nvcc/
"""

from __future__ import annotations

from doctor.catalog import Version, floors
from doctor.facts import Nvidia, Toolkits, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "nvcc {nvcc} cannot compile for {gpu} (compute capability {capability}); that needs CUDA {needed} or later"
SIGNATURES = (
    r"nvcc fatal\s{0,3}: ?Unsupported gpu architecture '(?:compute|sm)_(?P<capability>\w{2,4})\b",
    r"(?:ptxas fatal\s{0,3}: ?)?Value '(?:sm|compute)_\w{2,5}' is not defined for option 'gpu-name'",
    r"\bptxas\b.{0,120}--gpu-name=sm_1\d\d.{0,200}returned non-zero exit status (?:255|4294967295)\b",
    r"ValueError: Unknown CUDA arch \(\d{1,2}\.\d\w{0,2}(?:\+PTX)?\) or GPU not supported",
    r"SM ?1\d\.x requires CUDA ?>= ?1\d\.\d",  # FlashInfer
    r"clang.{0,20}: error: .{0,20}unsupported CUDA gpu architecture: sm_\w{2,4}",
)
EXPLAINS = ("jit-extension-not-built",)


def check(toolkits: Toolkits, nvidia: Nvidia, torch: Torch | None) -> Answer:
    for gpu in nvidia.gpus or ():
        known = _support.capability(gpu)
        needed = floors.first_toolkit(known)
        if Version.of(toolkits.nvcc_version).older_than(needed):
            evidence = seen("toolkits.nvcc_version", toolkits.nvcc_version, f"{needed} or later")
            level = Severity.WARNING if torch and torch.source_build else Severity.INFO
            return there(
                evidence, severity=level, nvcc=toolkits.nvcc_version, gpu=gpu.name, capability=known, needed=needed
            )
    return cannot_tell("toolkits.nvcc_version")  # there may be another nvcc or ptxas than the one on PATH


def remedies(nvidia: Nvidia | None) -> tuple[Action, ...]:
    needs = (floors.first_toolkit(_support.capability(gpu)) for gpu in _nvidia.gpus(nvidia))
    newest = max(needs, key=Version.of, default="")
    title = f"Install CUDA toolkit {newest} or later" if newest else "Install a CUDA toolkit that knows the GPU"
    return (Advice(title=f"{title}: https://developer.nvidia.com/cuda-toolkit-archive"),)

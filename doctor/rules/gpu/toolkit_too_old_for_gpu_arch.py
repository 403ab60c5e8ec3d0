"""The CUDA toolkit's compiler does not know this GPU's architecture.

## Why it matters
Compiling an extension (or PyTorch itself) for the GPU fails with "Unsupported gpu architecture". Running PyTorch's
own binaries needs no toolkit, so nothing else is affected.

## What to do
Install a toolkit that knows the GPU, of the CUDA major version of the PyTorch build, or compile for an older
architecture of the same generation.

## References
- https://docs.nvidia.com/cuda/cuda-compiler-driver-nvcc/
"""

from __future__ import annotations

from doctor import catalog
from doctor.facts import Nvidia, Toolkits, Torch
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules.api import Answer, seen, there
from doctor.rules.gpu import _support

SEVERITY = Severity.ERROR
MESSAGE = "nvcc {nvcc} cannot compile for {gpu} (compute capability {capability}); that takes CUDA {needed} or later"
SIGNATURES = (
    r"nvcc fatal\s{0,3}: ?Unsupported gpu architecture '(?:compute|sm)_(?P<capability>\w{2,4})'",
    r"ptxas fatal\s{0,3}: ?Value '\w{4,7}' is not defined for option 'gpu-name'",
    r"\bptxas\b.{0,120}--gpu-name=sm_1\d\d.{0,200}returned non-zero exit status (?:255|4294967295)\b",
    r"ValueError: Unknown CUDA arch \(\d{1,2}\.\d\w{0,2}(?:\+PTX)?\) or GPU not supported",
    r"clang.{0,20}: error: .{0,20}unsupported CUDA gpu architecture: sm_\w{2,4}",
)
# first CUDA whose nvcc knows an architecture: "GPU feature list" of each toolkit's nvcc manual, read 2026-11
_FIRST_CUDA = {
    "5.0": "6.5",
    "6.0": "8.0",
    "7.0": "9.0",
    "7.2": "9.2",
    "7.5": "10.0",
    "8.0": "11.0",
    "8.6": "11.1",
    "8.7": "11.4",
    "8.9": "11.8",
    "9.0": "11.8",
    "10.0": "12.8",
    "12.0": "12.8",
    "10.3": "12.9",
    "12.1": "12.9",
    "11.0": "13.0",
}


def check(toolkits: Toolkits, nvidia: Nvidia, torch: Torch | None) -> Answer | None:
    if not toolkits.nvcc_version:
        return None
    for gpu in nvidia.gpus or ():
        known = _support.capability(gpu)
        needed = _FIRST_CUDA.get(known or "")
        if known and needed and _nvidia.older(toolkits.nvcc_version, needed):
            evidence = seen("toolkits.nvcc_version", toolkits.nvcc_version, f"{needed} or later")
            level = Severity.WARNING if torch and torch.source_build else Severity.INFO
            return there(
                evidence, severity=level, nvcc=toolkits.nvcc_version, gpu=gpu.name, capability=known, needed=needed
            )
    return None


def remedies(nvidia: Nvidia | None) -> tuple[Remedy, ...]:
    needs = [_FIRST_CUDA[c] for gpu in _nvidia.gpus(nvidia) if (c := _support.capability(gpu)) in _FIRST_CUDA]
    newest = max(needs, key=catalog.pair, default="")
    title = f"Install CUDA toolkit {newest} or later" if newest else "Install a CUDA toolkit that knows the GPU"
    return (_nvidia.manual(f"{title}: https://developer.nvidia.com/cuda-toolkit-archive"),)

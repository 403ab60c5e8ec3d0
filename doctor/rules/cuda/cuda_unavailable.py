"""The GPU and its driver are there, but PyTorch finds no CUDA device.

## Why it matters
`torch.cuda.is_available()` is False, so everything runs on the CPU. This is a consequence; when its cause is known,
that finding stands above it.

## What to do
Mend the cause above. When there is none, look at the warning PyTorch gives and run the driver's own check.

## References
- https://docs.pytorch.org/docs/stable/notes/cuda.html
"""

from __future__ import annotations

from doctor.facts import Nvidia, Python, Runtime, Torch, Variables
from doctor.model import Remedy, Severity
from doctor.rules import _nvidia
from doctor.rules._pip import executable
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch finds no CUDA device, though {gpu} is in this machine"
EXPLAINS = ("cuda-unavailable-undetermined",)


def check(nvidia: Nvidia, torch: Torch, runtime: Runtime, variables: Variables | None) -> Answer | None:
    if not _nvidia.fails(runtime) or not _nvidia.cuda_build(torch) or _nvidia.hidden(variables):
        return None
    found = nvidia.gpus or (nvidia.pci_gpus if nvidia.driver_version else ())
    if not found:
        return None
    evidence = [seen("runtime.cuda_available", "False", "True")]
    if runtime.cuda_warning:
        evidence.append(seen("runtime.cuda_warning", runtime.cuda_warning.strip().splitlines()[0]))
    return there(*evidence, gpu=_nvidia.names(found))


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    ask = (executable(python), "-c", "import torch; torch.cuda.init()")
    return (_nvidia.manual("See what CUDA itself says", ("nvidia-smi",), ask),)

"""The GPU and its driver are present, but PyTorch finds no CUDA device.

## Why it matters
`torch.cuda.is_available()` is False, so everything runs on the CPU. This is a consequence; if its cause is known, that
finding is shown above it.

## What to do
Fix the cause shown above. If there is none, look at the warning that PyTorch prints and check the driver with its own
tools, in the same shell, container and environment as the program.

## References
- https://docs.pytorch.org/docs/stable/notes/cuda.html
"""

from __future__ import annotations

from doctor.facts import Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Look
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch finds no CUDA device, although this machine has {gpu}"
EXPLAINS = ("cuda-unavailable-undetermined",)
CANDIDATES = {
    "container-without-gpu": "nvidia-smi works on the host and not where the program runs: in a container, a virtual"
    " machine or a batch job without a GPU",
    "torch-not-installed": "the program runs in another environment than the one that was examined",
    "cuda-unknown-error-999": "it worked until the machine was suspended: the error is CUDA's number 999",
    "fabric-manager-not-running": "the GPUs are joined by NVSwitch (HGX, DGX), and the error is CUDA's number 802",
    "nvidia-device-permission": "it works for root: the files /dev/nvidia* cannot be opened by this user",
    "cuda-visible-devices-bad": "CUDA_VISIBLE_DEVICES is set, to nothing or to a GPU that is not there",
}


def check(nvidia: Nvidia, torch: Torch, runtime: Runtime, variables: Variables | None) -> Answer:
    if runtime.cuda_available is None:
        return cannot_tell("runtime.cuda_available")
    if runtime.cuda_available:
        return _nvidia.WORKS
    if not _nvidia.cuda_build(torch):
        build = _nvidia.other_build(torch)
        return not_there("torch.build", build, "a CUDA build") if build else cannot_tell("torch.build")
    if _nvidia.hidden(variables):
        return not_there("variables.values.CUDA_VISIBLE_DEVICES", "hides every GPU on purpose")
    found = _nvidia.with_driver(nvidia)
    if not found:
        return cannot_tell("nvidia.gpus") if nvidia.gpus is None else not_there("nvidia.gpus", "none")
    evidence = [seen("runtime.cuda_available", "False", "True")]
    if runtime.cuda_warning:
        evidence.append(seen("runtime.cuda_warning", runtime.cuda_warning.strip().splitlines()[0]))
    return there(*evidence, gpu=_nvidia.names(found))


def remedies() -> tuple[Action, ...]:
    return (
        AskPython(title="See which error CUDA itself reports", code="import torch; torch.cuda.init()"),
        Look(title="Check whether the driver responds", commands=(("nvidia-smi",),)),
    )

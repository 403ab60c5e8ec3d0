"""NCCL was used wrongly by the program or its launcher.

## Why it matters
Two processes share a GPU, the ranks differ in tensor sizes or in the order of collectives, or the world size is wrong.
The installation is sound.

## What to do
Give each process its own GPU (torch.cuda.set_device(LOCAL_RANK)), and check the launcher's numbers.

## References
- https://docs.pytorch.org/docs/stable/distributed.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"ncclInvalidUsage|ncclInvalidArgument",
    r"(?i)Duplicate GPU detected",
    r"(?:NCCL|nccl)(?!.{0,200}(?:CUDA|Cuda|HIP) failure).{0,200}\binvalid (?:usage|argument)\b",
    r"(?:NCCL|nccl) (?:only supports|does not support).{0,80}tensors?|Tensors must be CUDA and dense",
)


def remedies() -> tuple[Action, ...]:
    own = 'torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))'
    return (Advice(title=f"In the program, before the process group: {own}"),)

"""A kernel asks for more shared memory than this GPU has for a block.

## Why it matters
Each GPU has a fixed amount of fast memory for a block of threads: 64 KB on T4, about 99 KB on RTX 30, 40 and 50,
163 KB on A100 and 227 KB on H100. Kernels written in Triton are often tuned on the large ones and do not start on the
others. It has nothing to do with /dev/shm or with the memory that nvidia-smi shows.

## What to do
Use a newer release of the library, which often has settings for such GPUs, or another kernel than this one. In kernels
of one's own make the blocks smaller, or num_stages.

## References
- https://docs.nvidia.com/cuda/cuda-c-programming-guide/index.html#compute-capabilities
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"out of resources?: shared memory, Required: \d{4,7}, Hardware limit: \d{4,7}",
    r"\buses too much shared data \(0x[0-9a-f]{4,6} bytes, 0x[0-9a-f]{4,6} max\)",  # ptxas
)
NEWER = (
    "Use a newer release of the library whose kernel it is, or let the program use another kernel (for attention: sdpa)"
)
SMALLER = "In kernels of your own, make the blocks smaller, or num_stages"


def remedies() -> tuple[Action, ...]:
    return Advice(title=NEWER), Advice(title=SMALLER)

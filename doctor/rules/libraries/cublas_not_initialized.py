"""cuBLAS could not start or a cuBLAS call failed.

## Why it matters
The first matrix product creates a cuBLAS handle. That fails when GPU memory is full, after an earlier kernel hit an
index out of range (the real error comes later), or with a build that does not fit the GPU.

## What to do
Run again with `CUDA_LAUNCH_BLOCKING=1` and on the CPU: an index error shows itself there. Watch free GPU memory.

## References
- https://docs.nvidia.com/cuda/cublas/#cublasstatus-t
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import executable

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"CUBLAS_STATUS_(?:NOT_INITIALIZED|ALLOC_FAILED)",
    r"CUBLAS_STATUS_(?:EXECUTION_FAILED|INTERNAL_ERROR|ARCH_MISMATCH|NOT_SUPPORTED|INVALID_VALUE"
    r"|MAPPING_ERROR)",
    r"CUSOLVER_STATUS_(?:NOT_INITIALIZED|INTERNAL_ERROR|EXECUTION_FAILED|ALLOC_FAILED)|cusolver error:",
    r"CUFFT_INTERNAL_ERROR|cuFFT error: CUFFT_\w+",
)
_PROBE = "import torch; a = torch.ones(8, 8, device='cuda'); print((a @ a).sum().item(), torch.cuda.mem_get_info())"


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    command = (executable(python), "-c", _PROBE)
    return (Remedy("See whether the smallest matrix product works", (command,), risk=Risk.MANUAL),)

"""cuBLAS could not start or a cuBLAS call failed.

## Why it matters
The first matrix product creates a cuBLAS handle. That fails when GPU memory is full, after an earlier kernel hit an
index out of range (the real error comes later), or with a build that does not match the GPU.

## What to do
Run again with `CUDA_LAUNCH_BLOCKING=1` and on the CPU: an index error becomes visible there. Watch the free GPU memory.

## References
- https://docs.nvidia.com/cuda/cublas/#cublasstatus-t
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"CUBLAS_STATUS_(?:NOT_INITIALIZED|ALLOC_FAILED)",
    r"CUBLAS_STATUS_(?:EXECUTION_FAILED|INTERNAL_ERROR|ARCH_MISMATCH|NOT_SUPPORTED|INVALID_VALUE"
    r"|MAPPING_ERROR)|cublas runtime error : ",
    r"CUSOLVER_STATUS_(?:NOT_INITIALIZED|INTERNAL_ERROR|EXECUTION_FAILED|ALLOC_FAILED)|cusolver error:",
    r"CUFFT_INTERNAL_ERROR|cuFFT error: CUFFT_\w+",
)
CANDIDATES = {
    "out-of-memory": "nvidia-smi shows the GPU nearly full just before, and with a small batch it runs",
    "device-side-assert": "the same step on the CPU stops with an index that is out of range",
    "gpu-arch-newer-than-build": "PyTorch warns at its start that it has no code for this GPU (sm_...)",
    "cuda-runtime-lib-missing": "a tiny matrix product fails too, and no longer with LD_LIBRARY_PATH unset",
}
_PROBE = "import torch; a = torch.ones(8, 8, device='cuda'); print((a @ a).sum().item(), torch.cuda.mem_get_info())"


BLOCKING = "Run the program again in a way that names the call that fails"


def remedies() -> tuple[Action, ...]:
    return (
        AskPython(_PROBE, title="Check whether a tiny matrix product works"),
        Rerun(set=(("CUDA_LAUNCH_BLOCKING", "1"),), title=BLOCKING),
    )

"""A CUDA call inside NCCL failed.

## Why it matters
CUDA itself failed: an NCCL without code for the GPU, a driver too old for it, a GPU out of memory, or two processes on
one GPU.

## What to do
Run again with NCCL_DEBUG=WARN: the line "Cuda failure" names the error. Check that plain CUDA works on every GPU.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"ncclUnhandledCudaError",
    # but not what a communicator says when it is torn down after another failure
    r"(?:(?<!what\(\): )(?<!what\(\):  )(?:NCCL|nccl)(?!Utils\.hpp)"
    r"|what\(\): {1,2}NCCL error in: (?!\S{0,200}NCCLUtils)).{0,200}unhandled cuda error",
    r"^\W{0,10}(?:Last error: ?)?Cuda failure (?:\d{1,4} )?'|\[FATAL ERROR\]: HIP failure: '",
    r"NCCL WARN (?:Cuda failure|CUDA failure|HIP failure|Failed to (?:load|find) CUDA)",
)
UNLESS = (r"Cuda failure (?:\d{1,4} )?'uncorrectable ECC error",)  # the call that failed says why
CANDIDATES = {
    "out-of-memory": "the line Cuda failure says out of memory, or nvidia-smi shows the GPU full",
    "gpu-arch-newer-than-build": "it says that there is no kernel image for the device",
    "driver-too-old-for-cuda-build": "it says that the driver version is insufficient",
    "nccl-peer-access-unsupported": "it speaks of peer access, and with NCCL_P2P_DISABLE=1 it runs",
    "nccl-usage-error": "two ranks use the same GPU: torch.cuda.set_device is missing or has no LOCAL_RANK",
}


def remedies() -> tuple[Action, ...]:
    ask = (("NCCL_DEBUG", "WARN"),)
    return (Rerun(title="Let NCCL say which CUDA error it is", set=ask, program=("torchrun", "PROGRAM.py")),)

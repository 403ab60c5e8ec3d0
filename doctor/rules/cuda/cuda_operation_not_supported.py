"""The driver does not offer an operation on this GPU or platform.

## Why it matters
The call is right, but not here. A vGPU without the right profile or licence has no unified memory and no memory shared
between processes; MIG instances cannot reach each other; WSL and Jetson lack some of CUDA's ways to share memory. A
driver before 530 refuses kernels with many parameters, which builds for CUDA 12.1 and newer contain.

## What to do
Find out what was asked for: the traceback with CUDA_LAUNCH_BLOCKING=1 names the call. Switch off what needs it
(expandable segments, managed or paged optimizers, direct transfers, tensors shared between processes), update the
driver, or use a whole GPU.

## References
- cudaErrorNotSupported (801) in the CUDA runtime API reference
- https://docs.nvidia.com/vgpu/latest/grid-vgpu-user-guide/index.html
- https://docs.nvidia.com/cuda/wsl-user-guide/index.html#known-limitations-for-linux-cuda-applications
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Look, Rerun

SEVERITY = Severity.ERROR
_NOT = r"operation not supported(?! on (?:this OS|global/shared))"
SIGNATURES = (
    rf"(?i)\bCUDA (?:driver |runtime )?error(?: ?\(?\d{{1,3}}\)?)?(?: at [^:]{{1,120}}:\d{{1,6}})? ?: ?{_NOT}",
    rf"\berror=(?:71|801) : {_NOT}|\bError 801: {_NOT}|Cuda failure (?:801 )?'{_NOT}'",
    rf"CUDA_ERROR_NOT_SUPPORTED|cudaErrorNotSupported|hipErrorNotSupported|(?i:\bCUDA|HIP) error.{{0,60}}: {_NOT}",
)
EXPLAINS = ("nccl-unhandled-cuda-error", "cuda-unavailable", "cuda-unavailable-undetermined", "cuda-init-failed")
CANDIDATES = {
    "cuda-operation-not-supported": "the GPU is a vGPU or a MIG instance, or this is WSL or a Jetson (`nvidia-smi -q`:"
    " Virtualization Mode, vGPU Software Licensed Product, MIG Mode)",
    "driver-too-old-for-cuda-build": "the driver is older than 530 and PyTorch is built for CUDA 12.1 or newer",
    "nccl-peer-access-unsupported": "it is raised by NCCL or by a copy from one GPU to another, and with"
    " NCCL_P2P_DISABLE=1 it is not",
}


def remedies() -> tuple[Action, ...]:
    allocator = ("PYTORCH_CUDA_ALLOC_CONF", "PYTORCH_ALLOC_CONF")
    return (
        Look(title="See whether it is a vGPU or has MIG on, and its licence", commands=(("nvidia-smi", "-q"),)),
        Rerun(title="Run without expandable segments and other settings of the allocator", unset=allocator),
        Rerun(title="Let the traceback end in the call that is refused", set=(("CUDA_LAUNCH_BLOCKING", "1"),)),
    )

"""A kernel on the GPU read or wrote where it must not.

## Why it matters
The kernel was given an address, a size or an index that is wrong: by the program, by a compiled extension, or by
PyTorch itself. A faulty GPU is rare. CUDA reports it late, so that the line in the traceback is often innocent, and
afterwards every CUDA call of the process fails.

## What to do
Run again with CUDA_LAUNCH_BLOCKING=1: now the traceback ends in the call that fails. `compute-sanitizer python
PROGRAM.py` names the kernel. If it is an extension's, rebuild it for this PyTorch; if it is PyTorch's, try another
release of it.

## References
- https://docs.pytorch.org/docs/stable/notes/cuda.html#asynchronous-execution
- https://docs.nvidia.com/compute-sanitizer/ComputeSanitizer/index.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Look, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"an illegal memory access was encountered",
    r"(?:cuda|hip)ErrorIllegalAddress|CUDA_ERROR_ILLEGAL_ADDRESS",
    r"unspecified launch failure|(?:cuda|hip)ErrorLaunchFailure|CUDA_ERROR_LAUNCH_FAILED",
    r"(?i)(?:CUDA|HIP)\b.{0,60}(?:: |')(?:misaligned address|an illegal instruction was encountered"
    r"|hardware stack error|invalid program counter|operation not supported on global/shared address space)",
    r"cudaError(?:MisalignedAddress|IllegalInstruction|HardwareStackError|InvalidPc|InvalidAddressSpace)",
    r"CUDA_ERROR_(?:MISALIGNED_ADDRESS|ILLEGAL_INSTRUCTION|HARDWARE_STACK_ERROR|INVALID_PC|INVALID_ADDRESS_SPACE)",
    r"Memory access fault by GPU node-\d{1,3} .{0,120}on address",
    r"\bamdgpu: \[(?:gfx|mm)hub\d?\] (?:no-retry )?page fault",
    r"Invalid __(?:global|shared|local)__ (?:read|write|atomic) of size \d",
    r"NVRM: Xid \(.{1,60}\): (?:13|31),",
)
EXPLAINS = (
    "cublas-not-initialized",
    "cudnn-internal-error",
    "nccl-unhandled-cuda-error",
    "collective-timeout",
    "native-crash",
)
CANDIDATES = {
    "device-side-assert": "the same step on the CPU stops with an index that is out of range",
    "extension-abi-mismatch": "with CUDA_LAUNCH_BLOCKING=1 the traceback ends in a compiled extension (flash-attn, a"
    " kernel of the project's own), and without that extension it runs",
    "not-environment-pytorch-bug": "with CUDA_LAUNCH_BLOCKING=1 the traceback ends in PyTorch itself, its arguments are"
    " valid, and with another release of PyTorch it runs",
    "gpu-ecc-errors": "it happens in a different place each time, and on one GPU only (`nvidia-smi -q -d ECC`)",
}


def remedies() -> tuple[Action, ...]:
    blocking = (("CUDA_LAUNCH_BLOCKING", "1"),)
    return (
        Rerun(title="Let the traceback end in the call that fails", set=blocking),
        Look(title="See whether the GPU counts memory errors", commands=(("nvidia-smi", "-q", "-d", "ECC"),)),
    )

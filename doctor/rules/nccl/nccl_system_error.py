"""A system call in NCCL failed: network, shared memory, or another process that ended.

## Why it matters
NCCL reports every failed call to the operating system as "unhandled system error". With NCCL_DEBUG=WARN, the line above
it in the log says which one.

## What to do
Run again with NCCL_DEBUG=WARN and look for the first NCCL WARN line. In containers the reason is often too little
shared memory.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"ncclSystemError",
    r"(?:NCCL|nccl).{0,200}unhandled system error",
    r"ncclRemoteError|(?:NCCL|nccl).{0,200}remote process exited|socketProgress: Connection closed",
    r"(?i)NCCL.{0,100}(?:Connection closed by remote peer|Connection refused|Connection reset by peer)",
    r"ncclInternalError: Internal check failed|(?:NCCL|nccl).{0,160}\binternal error\b",
    r"NCCL WARN (?:NET/IB|Call to ibv_)|ibv_\w{1,40} failed with error",
    r"NCCL WARN Mismatched NCCL version detected",
    r"setting up NCCL communicator and retrieving ncclUniqueId from(?!.{0,160}(?i:time ?out))",
)


def remedies() -> tuple[Action, ...]:
    ask = (("NCCL_DEBUG", "WARN"),)
    return (Rerun(title="Let NCCL say which call fails", set=ask, program=("torchrun", "PROGRAM.py")),)

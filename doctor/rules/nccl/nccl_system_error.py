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
    r"NCCL WARN socket\w+: Connect to \S{1,60} returned \d",
    r"ncclInternalError: Internal check failed|(?:NCCL|nccl).{0,160}\binternal error\b",
    r"NCCL WARN (?:Could not find real path of|Call to (?!ibv_)\w{1,40} failed)",
    r"NCCL WARN Mismatched NCCL version detected",
    r"setting up NCCL communicator and retrieving ncclUniqueId from(?!.{0,160}(?i:time ?out))",
)
CANDIDATES = {
    "nccl-shm-too-small": "the first NCCL WARN speaks of shared memory, /dev/shm or posix_fallocate",
    "ib-fabric-fault": "the first NCCL WARN speaks of NET/IB or of a call to ibv_, and with NCCL_IB_DISABLE=1 it runs",
    "nccl-socket-ifname": "the first NCCL WARN speaks of a connection or an interface, and the ranks are on several"
    " machines",
    "process-killed-out-of-memory": "the remote side closed the connection: another rank ended first, and its log"
    " or exit code (-9) says why",
}


def remedies() -> tuple[Action, ...]:
    ask = (("NCCL_DEBUG", "WARN"),)
    return (Rerun(title="Let NCCL say which call fails", set=ask, program=("torchrun", "PROGRAM.py")),)

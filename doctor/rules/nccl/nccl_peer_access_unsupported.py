"""These GPUs cannot reach each other's memory directly.

## Why it matters
Peer access is missing between consumer cards from the 40 series on, between GPUs on different roots, under some virtual
machines, and with MIG. Programs that rely on it (custom all-reduce) fail.

## What to do
Turn direct transfers off: NCCL_P2P_DISABLE=1, or the program's own switch.

## References
- cudaErrorPeerAccessUnsupported (217) in the CUDA runtime API reference
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"peer access is not supported between these two devices",
    r"cudaErrorPeerAccessUnsupported|CUDA_ERROR_PEER_ACCESS_UNSUPPORTED",
    r"(?i)P2P (?:is )?not supported between|peer mapping resources exhausted",
    r"(?<!NCCL INFO )Could not enable P2P between dev",  # as a notice it says that another way is taken
    r"(?i)using RTX (?:3|4)000 series doesn.t support faster communication broadband via P2P",
)
EXPLAINS = ("nccl-system-error", "nccl-unhandled-cuda-error", "nccl-p2p-hang")


def remedies() -> tuple[Action, ...]:
    without = (("NCCL_P2P_DISABLE", "1"),)
    return (Rerun(title="Run without direct transfers", set=without, program=("torchrun", "PROGRAM.py")),)

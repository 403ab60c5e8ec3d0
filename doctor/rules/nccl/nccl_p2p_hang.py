"""Direct transfers between GPUs hang (IOMMU, ACS or a faulty link).

## Why it matters
With the IOMMU or PCIe access control (ACS) on, transfers from GPU to GPU take a detour or never arrive: NCCL hangs
at the first collective until the watchdog ends it. Virtual machines and some boards do the same.

## What to do
Try NCCL_P2P_DISABLE=1. When that mends it, switch ACS or the IOMMU off (iommu=pt) in BIOS or on the kernel's
command line.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html
"""

from __future__ import annotations

from doctor.model import Remedy, Severity
from doctor.rules import _nvidia

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?i)Watchdog caught collective operation timeout",
    r"(?i)NCCL (?:operation |communicator )?(?:timed out|timeout)|ProcessGroupNCCL.{0,40} (?:got stuck|hang)",
    r"(?i)Missing .{0,3}iommu=pt.{0,3} from kernel command line",
    r"(?i)\b(?:IOMMU|ACS)\b.{0,120}(?:hang|P2P|peer|NCCL|GPU Direct|data corruption)",
    r"NCCL WARN P2P is disabled between (?:NVLINK )?connected GPUs",
    r"(?i)(?:hangs?|stuck|deadlock\w*|freezes?).{0,120}(?:NCCL|init_process_group|all_?reduce|DDP)\b",
    r"(?i)\b(?:NCCL|init_process_group|all_?reduce|DDP)\b.{0,120}\b(?:hangs?|stuck|deadlock\w*|freezes?)\b",
    r"Some NCCL operations have failed or timed out",
)


def remedies() -> tuple[Remedy, ...]:
    attempt = ("env", "NCCL_P2P_DISABLE=1", "torchrun", "PROGRAM.py")
    look = _nvidia.manual(
        "See how the GPUs are joined, and whether ACS is on", ("nvidia-smi", "topo", "-m"), ("sudo", "lspci", "-vvv")
    )
    return (_nvidia.manual("Try without direct transfers", attempt), look)

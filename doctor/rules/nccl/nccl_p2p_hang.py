"""Direct transfers between GPUs hang or are off (IOMMU, ACS or a faulty link).

## Why it matters
With the IOMMU or PCIe access control (ACS) on, transfers between GPUs take a detour or never arrive: NCCL hangs in the
first collective until the watchdog ends it. The same happens in virtual machines and on some boards.

## What to do
Try NCCL_P2P_DISABLE=1. If that helps, turn ACS or the IOMMU off (iommu=pt), in the BIOS or on the kernel command line.

## References
- https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Look, Rerun

SEVERITY = Severity.ERROR
# a collective that ends in a time-out has many causes, and says nothing of this one
_HANGS = r"\b(?:hangs?|hanging|stuck|deadlock(?:s|ed)?|freezes?|freezing)\b"
_PROBES = r"\b(?:all_(?:reduce|gather)_perf|nccl[- ]tests?|p2pBandwidthLatencyTest)\b"
SIGNATURES = (
    r"(?i)Missing .{0,3}iommu=pt.{0,3} from kernel command line",
    r"(?i)\b(?:IOMMU|ACS)\b.{0,120}(?:hang|P2P|peer|NCCL|GPU Direct|data corruption)",
    r"nvidia \S{1,20} AMD-Vi: Event logged \[IO_PAGE_FAULT|Verification error @ element \d+: val =",
    r"(?i)(?<!n't )(?<!not )\b(?:works?|runs?|trains?) (?:fine |well )?with (?:export )?NCCL_P2P_DISABLE ?= ?['\"]?1\b",
    rf"(?i)(?:{_HANGS}.{{0,200}}{_PROBES}|{_PROBES}.{{0,80}}{_HANGS})",
    r"NCCL WARN P2P is disabled between (?:NVLINK )?connected GPUs",
    r"(?i)\b(?:hangs?|stuck|deadlock(?:s|ed)?|freezes?)\b.{0,80}\b(?:P2P|peer[- ]to[- ]peer|IOMMU|ACS(?:Ctl)?)\b",
    r"(?i)(?<!also )(?<!n't )(?<!not )\b(?:works?|runs?|trains?|fix(?:es|ed)|solve[sd]|no longer (?:hangs?|freezes?)) "
    r".{0,60}\b(?:by|only with|after|when|once|if)\b.{0,40}\bNCCL_P2P_DISABLE ?= ?['\"]?1\b",
    r"NCCL_P2P_DISABLE ?= ?1\b(?!.{0,60}(?:still|not\b|n't|仍|还是|没|不)).{0,60}"
    r"(?:\b(?:runs?|works?|helps?|fix(?:es|ed)|solve[sd])\b|好了|解决|可以|正常)",
)
EXPLAINS = ("collective-timeout",)


def remedies() -> tuple[Action, ...]:
    without = (("NCCL_P2P_DISABLE", "1"),)
    return (
        Rerun(title="Try without direct transfers", set=without, program=("torchrun", "PROGRAM.py")),
        Look(title="Show how the GPUs are connected", commands=(("nvidia-smi", "topo", "-m"),)),
        Look(title="Check whether ACS is on (ACSCtl)", commands=(("lspci", "-vvv"),), root=True),
    )

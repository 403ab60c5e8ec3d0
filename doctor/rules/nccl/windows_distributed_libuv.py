"""torch.distributed asks for libuv, which this Windows build does not have.

## Why it matters
Since torch 2.4 the rendezvous store uses libuv unless told otherwise, and Windows wheels were built without it for
a while.

## What to do
Set USE_LIBUV=0 before the program starts, or install a build that has it.

## References
- https://github.com/pytorch/pytorch/issues/139990
"""

from __future__ import annotations

from doctor.model import Remedy, Severity
from doctor.rules import _nvidia

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"use_libuv was requested but PyTorch was buil[dt] without libuv support",
    r"(?i)PyTorch (?:was|is) (?:build|built|compiled) without libuv",
)
EXPLAINS = ("nccl-socket-ifname",)


def remedies() -> tuple[Remedy, ...]:
    return (_nvidia.manual("Use the old store", ("setx", "USE_LIBUV", "0")),)

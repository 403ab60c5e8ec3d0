"""torch.distributed asks for libuv, which this Windows build does not have.

## Why it matters
Since torch 2.4 the rendezvous store uses libuv by default, but Windows wheels were built without it for a while.

## What to do
Set USE_LIBUV=0 before the program starts, or install a build that has it.

## References
- https://github.com/pytorch/pytorch/issues/139990
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Persist, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"use_libuv was requested but PyTorch was buil[dt] without libuv support",
    r"(?i)PyTorch (?:was|is) (?:build|built|compiled) without libuv",
)
EXPLAINS = ("rendezvous-failed",)


def remedies() -> tuple[Action, ...]:
    old = (("USE_LIBUV", "0"),)
    return (
        Rerun(title="Use the store without libuv", set=old, program=("torchrun", "PROGRAM.py")),
        Persist(name="USE_LIBUV", value="0"),
    )

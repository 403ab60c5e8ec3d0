"""This PyTorch build has no NCCL (Windows, macOS and CPU builds).

## Why it matters
NCCL exists for Linux only. Programs that ask for the "nccl" backend elsewhere fail at once.

## What to do
Use the "gloo" backend, or Linux (WSL 2 included).

## References
- https://docs.pytorch.org/docs/stable/distributed.html#backends
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Distributed package doesn't have NCCL",
    r"(?i)\bdistributed package (?:doesn'?t|does not|dosen'?t) ha\w{1,3} NCCL ?built[ -]?in\b",  # as people type it
    r"PyTorch is not compiled with NCCL support",
    r"NCCL support is not compiled|(?i:NCCL is not (?:available|compiled|supported) (?:on|in|with))",
    r"(?:no attribute|cannot import name|name) 'ProcessGroupNCCL'|PyTorch is not compiled with NCCL support",
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title='In the program, use the gloo backend: torch.distributed.init_process_group("gloo")'),)

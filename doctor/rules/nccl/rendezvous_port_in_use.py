"""The port on which the ranks meet is taken by another program.

## Why it matters
Rank 0 listens on MASTER_PORT (29500 unless told). Another run on the same machine, or one that was not ended, has
it.

## What to do
Take another port for this run, or end the run that still holds it.

## References
- https://docs.pytorch.org/docs/stable/elastic/run.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Rerun

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"server socket has failed to (?:bind|listen).{0,200}(?:[Aa]ddress already in use|: (?:98|48|10048) - |EADDRINUSE)",
    r"(?:DistNetworkError|TCPStore|c10d).{0,200}(?:EADDRINUSE|[Aa]ddress already in use)",
    r"(?:DistNetworkError: .{0,120}|RuntimeError: on \S{1,120}, )port: \d{1,5} already in use"
    r"|\bport: \d{1,5} already in use, attempt: \[",
    r"\bEADDRINUSE, message: [Aa]ddress already in use",
    r"RuntimeError: Address already in use|server socket has failed to listen on any local network address\.\s*$",
    r"Tried to launch distributed communication on port .{1,12}, but another process is utilizing it",
)
EXPLAINS = ("rendezvous-failed",)


def remedies() -> tuple[Action, ...]:
    program = ("torchrun", "--master-port", "29501", "PROGRAM.py")
    return (Rerun(program=program, title="Run it with another port"),)

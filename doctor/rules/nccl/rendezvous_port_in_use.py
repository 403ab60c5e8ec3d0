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
    r"server socket has failed to (?:bind|listen).{0,160}(?:Address already in use|errno: 98|EADDRINUSE|10048)",
    r"(?:DistNetworkError|TCPStore|c10d).{0,200}(?:EADDRINUSE|Address already in use)",
    r"server socket has failed to listen on any local network address(?!.{0,200}(?:Permission denied|Cannot assign))",
    r"Tried to launch distributed communication on port `?\d+`?, but another process",
)


def remedies() -> tuple[Action, ...]:
    program = ("torchrun", "--master-port", "29501", "PROGRAM.py")
    return (Rerun(program=program, title="Run it with another port"),)

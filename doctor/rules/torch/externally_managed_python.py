"""The system's own Python is examined; pip may not install into it.

## Why it matters
Distributions mark their Python as externally managed: pip refuses to touch it, and forcing it can break the system.

## What to do
Make an environment for PyTorch and install there.

## References
- https://peps.python.org/pep-0668/
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import executable
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{python} belongs to the operating system, pip does not install into it: use an environment"
SIGNATURES = (
    r"error: externally-managed-environment",
    r"This environment is externally managed",
    r"The interpreter at .{1,200} is externally managed",
)


def check(python: Python) -> Answer | None:
    if not python.externally_managed:
        return None
    return there(seen("python.externally_managed", True), python=executable(python), severity=Severity.INFO)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    make = (executable(python), "-m", "venv", ".venv")
    return (Remedy("Make an environment in this folder", (make,), Risk.MANUAL, (".venv",)),)

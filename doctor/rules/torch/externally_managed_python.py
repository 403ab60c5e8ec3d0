"""pip does not install into the system's own Python.

## Why it matters
Distributions mark their Python as externally managed: pip refuses to touch it, and forcing it can break the system.

## What to do
Create an environment for PyTorch and install it there.

## References
- https://peps.python.org/pep-0668/
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.remedy.actions import Action, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{python} belongs to the operating system, and pip does not install into it: use an environment"
SIGNATURES = (
    r"error: externally-managed-environment",
    r"This environment is externally managed",
    r"The interpreter at .{1,200} is externally managed",
)


def check(python: Python) -> Answer:
    if python.externally_managed is None:
        return cannot_tell("python.externally_managed")
    if not python.externally_managed:
        return cannot_tell("error.text")  # pip may have been that of another Python
    where = python.executable or "This Python"
    return there(seen("python.externally_managed", True), python=where, severity=Severity.INFO)


def remedies() -> tuple[Action, ...]:
    return (NewEnvironment(),)

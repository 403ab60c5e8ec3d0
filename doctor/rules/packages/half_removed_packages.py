"""Leftovers of an interrupted install lie in the environment.

## Why it matters
pip renames a package's folder to `~orch` while it works. When it was interrupted, or a file was in use (Windows),
the folder stays, pip warns at every start, and gigabytes are wasted.

## What to do
End every Python that uses the environment and delete the leftovers.

## References
- https://github.com/pypa/pip/issues/6194
"""

from __future__ import annotations

from doctor.facts import Packages
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{count} leftover(s) of an interrupted install: {first}"
SIGNATURES = (
    r"Ignoring invalid distribution [~-]?\S+",
    r"Access is denied: '.{1,200}~\w+",
)


def check(packages: Packages) -> Answer | None:
    if not packages.leftovers:
        return None
    first = packages.leftovers[0]
    return there(seen("packages.leftovers", ", ".join(packages.leftovers)), count=len(packages.leftovers), first=first)


def remedies(packages: Packages) -> tuple[Remedy, ...]:
    paths = packages.leftovers
    if not paths:
        return ()
    return (Remedy("Delete the leftovers", (("rm", "-r", "--", *paths),), risk=Risk.MANUAL, writes=paths),)

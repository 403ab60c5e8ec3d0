"""The environment contains leftovers of an interrupted install.

## Why it matters
pip renames a package's folder to `~orch` while it works. If it was interrupted, or a file was in use (Windows), the
folder remains, pip warns every time it runs, and gigabytes are wasted.

## What to do
End every Python process that uses the environment, and delete the leftovers.

## References
- https://github.com/pypa/pip/issues/6194
"""

from __future__ import annotations

import re

from doctor.facts import Conda, Packages, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Delete, SameTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{count} leftover(s) of an interrupted install: {first}"
_CONDAS = ("pytorch", "libtorch")
NO_RECORD = (
    "torch in {folder} has no metadata: pip, and packages that ask for torch's version, take it for not installed"
)
UNLESS = (r"hint: The package was installed by",)
SIGNATURES = (
    r"While importing we detected an older version of numpy in",
    r"Ignoring invalid distribution [~-]?\S+",
    r"Access is denied: '.{1,200}~\w+",
    r"Cannot uninstall \S+ None\b|no RECORD file was found for|RECORD file not found\. You might",
    r"Failed to remove contents in a temporary directory '.{1,200}[\\/]~\w+",
)


def check(packages: Packages, torch: Torch | None, conda: Conda | None) -> Answer:
    if packages.leftovers:
        found, first = ", ".join(packages.leftovers), packages.leftovers[0]
        return there(seen("packages.leftovers", found), count=len(packages.leftovers), first=first)
    if torch and torch.location and _is_without_record(torch, packages, conda):
        evidence = seen("packages.installed", "no torch", f"a record of {torch.location}")
        return there(evidence, folder=torch.location, message=NO_RECORD)
    read = any(p.location for p in packages.installed)  # a list that somebody pasted tells nothing of leftovers
    return not_there("packages.leftovers", "none") if read else cannot_tell("packages.leftovers")


def remedies(packages: Packages, torch: Torch | None, conda: Conda | None) -> tuple[Action, ...]:
    if packages.leftovers:
        title = "End every Python process that uses the environment, then delete the leftovers"
        return (Delete(paths=packages.leftovers, title=title),)
    return (SameTorch(),) if torch and _is_without_record(torch, packages, conda) else ()


def _is_without_record(torch: Torch, packages: Packages, conda: Conda | None) -> bool:
    """In a folder that pip keeps the records of; a build of one's own, conda's and a distribution's have others."""
    folder = re.fullmatch(r".*[/\\]site-packages[/\\]torch[/\\]?", torch.location or "")
    others = torch.source_build or any(p.name in _CONDAS for p in (conda.packages if conda else ()))
    listed = any(p.name == "torch" for p in packages.installed) or not any(p.location for p in packages.installed)
    return bool(folder) and packages.complete and not others and not listed

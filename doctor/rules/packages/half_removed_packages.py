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

from doctor.facts import Packages
from doctor.model import Severity
from doctor.remedy.actions import Action, Delete
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{count} leftover(s) of an interrupted install: {first}"
UNLESS = (r"hint: The package was installed by",)
SIGNATURES = (
    r"While importing we detected an older version of numpy in",
    r"Ignoring invalid distribution [~-]?\S+",
    r"Access is denied: '.{1,200}~\w+",
    r"Cannot uninstall \S+ None\b|no RECORD file was found for|RECORD file not found\. You might",
    r"Failed to remove contents in a temporary directory '.{1,200}[\\/]~\w+",
)


def check(packages: Packages) -> Answer:
    if not packages.leftovers:
        read = any(p.location for p in packages.installed)  # a list that somebody pasted tells nothing of leftovers
        return not_there("packages.leftovers", "none") if read else cannot_tell("packages.leftovers")
    first = packages.leftovers[0]
    return there(seen("packages.leftovers", ", ".join(packages.leftovers)), count=len(packages.leftovers), first=first)


def remedies(packages: Packages) -> tuple[Action, ...]:
    title = "End every Python process that uses the environment, then delete the leftovers"
    return (Delete(paths=packages.leftovers, title=title),) if packages.leftovers else ()

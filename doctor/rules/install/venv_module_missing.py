"""The system's Python lacks the part that makes environments.

## Why it matters
Debian and Ubuntu keep `ensurepip` in a package of its own. Without it `python3 -m venv` leaves a folder without pip,
and nothing can be installed into it.

## What to do
Install the package for the very Python that is used, remove the folder that was left, and make the environment again.

## References
- https://docs.python.org/3/library/ensurepip.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment, SystemPackage

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"The virtual environment was not created successfully because ensurepip is not",
    r"^available\.  On Debian/Ubuntu systems, you need to install the python3",
    r"No module named '?(?:ensurepip|venv)\b",
    r"/bin/python[\d.]*', '-Im', 'ensurepip', [^\n]{1,60} returned non-zero exit status",  # Windows' Python has it
    r"No such file or directory: '[^']{1,200}[\\/]venv[\\/]{1,2}scripts[\\/]{1,2}nt[\\/]{1,2}python\.exe'",
    r"ensurepip is (?:not available|disabled in Debian)",
)
EXPLAINS = ("pip-missing",)
OTHER = "For a Python that is not the system's own, install its package: python3.11-venv for python3.11"


def remedies(host: Host | None) -> tuple[Action, ...]:
    if host and host.os != "linux":
        return (NewEnvironment(title="Create the environment with a complete Python"),)
    return SystemPackage(name="venv"), Advice(title=OTHER)

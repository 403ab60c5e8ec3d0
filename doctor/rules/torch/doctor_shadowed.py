"""Another project's `doctor` package gets in the way of torch-doctor.

## Why it matters
A PyPI project named `doctor`, or a `doctor` folder in the working folder, is imported instead of torch-doctor when you
type `python -m doctor`.

## What to do
Use the command `torch-doctor`, or remove the other project from the environment.

## References
- https://packaging.python.org/en/latest/discussions/distribution-package-vs-import-package/
"""

from __future__ import annotations

from doctor.facts import Packages, Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Uninstall
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.INFO
MESSAGE = "Another `doctor` ({other}) is in the way: `python -m doctor` may run it instead; use `torch-doctor`"
SIGNATURES = (
    r"No module named doctor\.__main__; 'doctor' is a package",
    r"cannot import name '\w+' from 'doctor(?:\.\w+)*'",
    r"No module named '?doctor\.(?:cli|model|__main__)'?",
)


def check(python: Python | None, packages: Packages | None) -> Answer:
    version = packages.version("doctor") if packages else None
    if version is not None:
        return there(seen("packages.installed", f"doctor {version}"), other=f"the PyPI project doctor {version}")
    shadows = python.shadowing if python else ()
    path = next((s.path for s in shadows if s.module == "doctor"), None)
    # another working folder may have one
    return there(seen("python.shadowing", path), other=path) if path else cannot_tell("error.text")


def remedies(packages: Packages) -> tuple[Action, ...]:
    return (Uninstall(names=("doctor",)),) if packages.version("doctor") else ()

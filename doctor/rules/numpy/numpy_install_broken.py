"""NumPy is installed, but its compiled part is not there, or is another Python's.

## Why it matters
NumPy finds its Python files and not the library they need: an install was interrupted, a folder was copied from another
machine, or the search path leads to the NumPy of another Python. torch, torchvision and most programs fail with it.

## What to do
Reinstall the same NumPy. If that changes nothing, another folder comes first on the search path: unset PYTHONPATH.

## References
- https://numpy.org/doc/stable/user/troubleshooting-importerror.html
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Install
from doctor.rules.numpy import _built

SEVERITY = Severity.ERROR
UNLESS = (
    r"Failed to execute script|_MEI\d|PyInstaller",
)  # what is left out of a frozen program is not installed at all
SIGNATURES = (
    r"No module named '?numpy\._?core\._multiarray_umath",
    r"cannot import name '_?multiarray(?:_umath)?' from (?:partially initialized module )?'numpy\._?core'",
    r"Original error was: DLL load failed",
    r"found no compiled module, did NumPy build successfully",
    r"The following compiled module files exist, but seem incompatible",
)


def remedies(packages: Packages | None, torch: Torch | None, host: Host | None) -> tuple[Action, ...]:
    version = packages.version("numpy") if packages else None
    wanted = f"numpy=={version}" if version else _built.requirement(torch, host)
    return (Install(requirements=(wanted,), anew=True),)

"""NumPy is not installed alongside torch.

## Why it matters
torch works without NumPy and says so with a warning. `tensor.numpy()`, torchvision and most training code need it.

## What to do
Install NumPy.

## References
- https://docs.pytorch.org/docs/stable/generated/torch.Tensor.numpy.html
"""

from __future__ import annotations

from doctor.facts import Conda, Host, Packages, Torch
from doctor.model import Phase, Severity
from doctor.remedy.actions import Action, Install
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.numpy import _built

SEVERITY = Severity.ERROR
NOT_WHILE = (Phase.BUILDING_ISOLATED,)  # pip's environment for a build has what the build asks for, and no more
MESSAGE = "NumPy is not installed: tensors cannot be converted to arrays, and torchvision cannot be imported"
SIGNATURES = (
    r"Failed to initialize NumPy: No module named 'numpy'",
    r"(?:ModuleNotFoundError|ImportError): No module named '?numpy'?\s*$",
)


def check(torch: Torch, packages: Packages, conda: Conda | None) -> Answer:
    by_conda = (p.version for p in (conda.packages if conda else ()) if p.name in ("numpy", "numpy-base"))
    numpy = packages.version("numpy") or next(by_conda, None)
    if numpy:
        return not_there("packages.installed", f"numpy {numpy}")
    if not torch.version or not packages.complete:
        return cannot_tell("packages.installed")
    return there(seen("packages.installed", "no numpy", "numpy"), severity=Severity.INFO)


def remedies(torch: Torch | None, host: Host | None) -> tuple[Action, ...]:
    return (Install(requirements=(_built.requirement(torch, host),), title="Install NumPy"),)

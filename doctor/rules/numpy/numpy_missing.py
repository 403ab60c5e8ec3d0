"""NumPy is not installed beside torch.

## Why it matters
torch works without NumPy and says so with a warning. `tensor.numpy()`, torchvision and most training code need it.

## What to do
Install NumPy.

## References
- https://docs.pytorch.org/docs/stable/generated/torch.Tensor.numpy.html
"""

from __future__ import annotations

from doctor.facts import Conda, Packages, Python, Torch
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "NumPy is not installed: tensors cannot become arrays, torchvision cannot be imported"
SIGNATURES = (
    r"Failed to initialize NumPy: No module named 'numpy'",
    r"(?:ModuleNotFoundError|ImportError): No module named '?numpy'?\s*$",
)


def check(torch: Torch, packages: Packages, conda: Conda | None) -> Answer | None:
    listed = any(p.name in ("numpy", "numpy-base") for p in (conda.packages if conda else ()))
    if not torch.version or not packages.complete or packages.version("numpy") or listed:
        return None
    return there(seen("packages.installed", "no numpy", "numpy"), severity=Severity.INFO)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    return (Remedy("Install NumPy", (install(python, "numpy"),), writes=environment_of(python)),)

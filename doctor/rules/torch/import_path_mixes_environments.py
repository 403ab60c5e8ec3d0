"""torch is loaded from outside the environment: the user site or PYTHONPATH comes first.

## Why it matters
Packages of `~/.local` and of the folders in PYTHONPATH are found before those of the environment. torch of one
place then meets NumPy or torchvision of another, and what pip installs here is not what runs.

## What to do
Unset PYTHONPATH, and start Python with PYTHONNOUSERSITE=1 (or remove the copy in the user site).

## References
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONNOUSERSITE
- https://peps.python.org/pep-0370/
"""

from __future__ import annotations

from doctor.facts import Python, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import executable
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "torch comes from {location} ({how}), not from the environment {prefix}"
SIGNATURES = ()
_OWN_SITE = {"venv", "virtualenv", "uv", "conda", "mamba", "pixi"}


def check(python: Python, torch: Torch) -> Answer | None:
    location = torch.location or ""
    how = _how(python, location)
    if not how or python.kind not in _OWN_SITE or not python.prefix or _under(location, python.prefix):
        return None
    evidence = seen("torch.location", location, f"a folder under {python.prefix}")
    return there(evidence, location=location, how=how, prefix=python.prefix)


def remedies(python: Python) -> tuple[Remedy, ...]:
    clean = (executable(python), "-s", "-E", "-c", "import torch; print(torch.__file__)")
    return (Remedy("See what is loaded without user site and PYTHONPATH", (clean,), risk=Risk.MANUAL),)


def _how(python: Python, location: str) -> str:
    if python.user_site and _under(location, python.user_site):
        return "the user site"
    return "PYTHONPATH" if any(_under(location, folder) for folder in python.python_path if folder) else ""


def _under(path: str, folder: str) -> bool:
    return bool(path) and (path.rstrip("/\\") + "/").startswith(folder.rstrip("/\\") + "/")

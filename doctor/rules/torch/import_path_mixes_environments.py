"""torch is loaded from outside the environment: the user site or PYTHONPATH comes first.

## Why it matters
Packages in `~/.local` and in the folders of PYTHONPATH are found before those of the environment. torch from one place
is then used with NumPy or torchvision from another, and what pip installs here is not what runs.

## What to do
Unset PYTHONPATH, and start Python with PYTHONNOUSERSITE=1 (or remove the copy in the user site).

## References
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONNOUSERSITE
- https://peps.python.org/pep-0370/
"""

from __future__ import annotations

from doctor.facts import Python, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Rerun
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "torch comes from {location} ({how}), not from the environment {prefix}"
SIGNATURES = ()
PYTHON_PATH = "PYTHONPATH"
_OWN_SITE = {"venv", "virtualenv", "uv", "conda", "mamba", "pixi"}


def check(python: Python, torch: Torch) -> Answer:
    location = torch.location or ""
    if not location or not python.prefix:
        return cannot_tell("python.prefix" if location else "torch.location")
    how = _brought_by(python, location)
    if not how or python.kind not in _OWN_SITE or _under(location, python.prefix):
        return not_there("torch.location", location)
    evidence = seen("torch.location", location, f"a folder under {python.prefix}")
    return there(evidence, location=location, how=how, prefix=python.prefix)


def remedies(python: Python | None, torch: Torch | None) -> tuple[Action, ...]:
    by_variable = _brought_by(python, (torch.location if torch else "") or "") == PYTHON_PATH if python else False
    without = Rerun(unset=(PYTHON_PATH,)) if by_variable else Rerun(set=(("PYTHONNOUSERSITE", "1"),))
    code = "import torch; print(torch.__file__)"
    look = AskPython(code=code, flags=("-s", "-E"), title="Show what is loaded without the user site and PYTHONPATH")
    return without, look


def _brought_by(python: Python, location: str) -> str:
    if python.user_site and _under(location, python.user_site):
        return "the user site"
    return PYTHON_PATH if any(_under(location, folder) for folder in python.python_path if folder) else ""


def _under(path: str, folder: str) -> bool:
    return bool(path) and (path.rstrip("/\\") + "/").startswith(folder.rstrip("/\\") + "/")

"""torch, or what works with it, is loaded from outside the environment: the user site or PYTHONPATH comes first.

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

import re

from doctor.catalog import COMPANIONS
from doctor.facts import Package, Packages, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Rerun
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "torch comes from {location} ({how}), not from the environment {prefix}"
BEFORE = "{name} {version} comes from {location} ({how}), before the {own} of the environment"
FAILS = "`import torch` fails in {file}, which {how} puts before the environment"
SIGNATURES = ()
EXPLAINS = (
    "torch-not-importable",
    "package-missing",
    "numpy2-abi",
    "numpy-too-old-for-torch",
    "numpy-install-broken",
    "torch-torchvision-mismatch",
    "torchaudio-mismatch",
    "unmet-requirements",
)
PYTHON_PATH = "PYTHONPATH"
USER_SITE = "the user site"
_OWN_SITE = {"venv", "virtualenv", "uv", "conda", "mamba", "pixi"}
_TOGETHER = ("numpy", *COMPANIONS)  # what has to fit torch
_FILE = re.compile(r'File "([^"\n]{1,400})", line \d')


def check(python: Python, torch: Torch, packages: Packages | None, runtime: Runtime | None) -> Answer:
    location = torch.location or ""
    if not location or not python.prefix:
        return cannot_tell("python.prefix" if location else "torch.location")
    if python.kind in _OWN_SITE and not _under(location, python.prefix) and (how := _brought_by(python, location)):
        evidence = seen("torch.location", location, f"a folder under {python.prefix}")
        return there(evidence, location=location, how=how, prefix=python.prefix)
    if file := _failing_file(python, runtime):
        how = _brought_by(python, file)
        return there(seen("runtime.failure", file), file=file, how=how, message=FAILS, severity=Severity.ERROR)
    if python.kind in _OWN_SITE and packages and (copies := _before_the_own(python, packages)):
        return _of_copies(python, *copies, runtime)
    return not_there("torch.location", location)


def remedies(
    python: Python | None, torch: Torch | None, packages: Packages | None, runtime: Runtime | None
) -> tuple[Action, ...]:
    ways = _ways(python, torch, packages, runtime) if python else []
    without = Rerun(unset=(PYTHON_PATH,)) if PYTHON_PATH in ways else Rerun(set=(("PYTHONNOUSERSITE", "1"),))
    code = "import torch; print(torch.__file__)"
    look = AskPython(code=code, flags=("-s", "-E"), title="Show what is loaded without the user site and PYTHONPATH")
    return without, look


def _ways(python: Python, torch: Torch | None, packages: Packages | None, runtime: Runtime | None) -> list[str]:
    """By which what is in question comes before the environment."""
    copies = _before_the_own(python, packages) if packages else None
    places = [(torch.location if torch else "") or "", _failing_file(python, runtime)]
    places += [copies[0].location] if copies else []
    return [_brought_by(python, place) for place in places if place]


def _of_copies(python: Python, first: Package, own: Package, runtime: Runtime | None) -> Answer:
    names = {first.name, *(("numpy bridge",) if first.name == "numpy" else ())}
    fails = any(module.failure and module.name in names for module in (runtime.modules if runtime else ()))
    found = seen("packages.duplicates", f"{first.name} {first.version} in {first.location}", own.version)
    return there(
        found,
        name=first.name,
        version=first.version,
        location=first.location,
        how=_brought_by(python, first.location),
        own=own.version,
        message=BEFORE,
        severity=Severity.ERROR if fails else Severity.INFO,
    )


def _before_the_own(python: Python, packages: Packages) -> tuple[Package, Package] | None:
    """What is imported in place of the environment's own copy, which is of another version, and that copy."""
    for name in _TOGETHER:
        copies = [one for one in packages.duplicates if one.name == name]
        own = next((one for one in copies if _under(one.location, python.prefix or "")), None)
        if own and own.version != copies[0].version and _brought_by(python, copies[0].location):
            return copies[0], own
    return None


def _failing_file(python: Python, runtime: Runtime | None) -> str:
    """The file in which the import of torch ends, where it lies outside the environment; "" where it does not."""
    failure = runtime.failure if runtime else None
    files = _FILE.findall(failure.text) if failure else []
    outside = bool(files) and bool(_brought_by(python, files[-1])) and not _under(files[-1], python.prefix or "")
    return str(files[-1]) if outside else ""


def _brought_by(python: Python, location: str) -> str:
    if python.user_site and _under(location, python.user_site):
        return USER_SITE
    return PYTHON_PATH if any(_under(location, folder) for folder in python.python_path if folder) else ""


def _under(path: str, folder: str) -> bool:
    return bool(path) and (path.rstrip("/\\") + "/").startswith(folder.rstrip("/\\") + "/")

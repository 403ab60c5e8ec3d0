"""A local file or folder named torch is imported instead of the package, or the package is incomplete.

## Why it matters
Python searches the working folder first. A `torch.py`, a `torch` folder (PyTorch's own source tree) or a partly
unpacked wheel there hides the installed package: names or libraries are missing, or the import is circular.

## What to do
Change to another folder or rename the file, remove its `__pycache__`, and reinstall torch if its own files are
incomplete.

## References
- https://github.com/pytorch/pytorch/blob/main/torch/__init__.py (the check on `torch._C`)
- https://docs.python.org/3/library/sys.html#sys.path
"""

from __future__ import annotations

from doctor.facts import Python, Runtime, Shadow, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython, MoveAside, SameTorch
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{path} hides the installed {module}"
ELSEWHERE = "`import torch` loads {path}, not the torch installed in {location}"
LOOK = "Show which torch is found from the working folder: a local one, or that of the environment"
LEAVE = "Start Python in a folder that has no file or folder named torch, or rename that one"
SIGNATURES = (
    r"No module named '?\"?torch\._C\b",
    r"No module named '?torch\.(?:nn|utils|cuda|autograd|optim|version)'?(?:;|\s*$)|'torch' is not a package",
    r"partially initialized module 'torch'(?: from '[^']{1,200}')? has no attribute '\w+'",
    r"cannot import name '\w+' from partially initialized module 'torch",
    r"module 'torch' has no attribute '(?:__version__|Tensor|tensor|cuda|nn|ops|float32|device|from_numpy|zeros)'",
    r"(?:appears that PyTorch has loaded|Failed to load PyTorch C extensions)",
    r"cannot import name '?(?:default_generator|_initExtension|_C)'? from '?torch\b",
    r"\bdir\(_C\):?\s{1,80}(?:\^{1,9}\s{1,9})?NameError: name '_C' is not defined",  # of other projects: their own _C
    r"module 'torch(?:\._C)?' has no attribute '_(?:C|initExtension|import_python_module|c10d_init)'",
    r"dlopen\(\S{1,300}/torch/_C\b[^)]{0,60}\): Library not loaded: (?!\S{0,80}libi?omp|/opt/homebrew/|/usr/local/)",
    r"torch has no attribute|cannot import name '?\w+'? from '?torch'? \((?:unknown location"
    r"|/?(?:\S*/)?torch\.py)\)",
)
EXPLAINS = ("torch-not-importable", "torch-not-installed", "torch-torchvision-mismatch", "extension-not-compiled")
_OF_TORCH = {"torch", "torchvision", "torchgen", "functorch"}


def check(python: Python, runtime: Runtime | None, torch: Torch | None) -> Answer:
    shadow = _shadow(python)
    if shadow is not None:
        evidence = seen("python.shadowing", shadow.path, "no file of that name in the working folder")
        return there(evidence, path=shadow.path, module=shadow.module)
    location = torch.location if torch else None
    loaded = runtime.file if runtime else None
    if not location or not loaded or _same_folder(loaded, location):
        return cannot_tell("error.text")  # the program may have started in another folder
    evidence = seen("runtime.file", loaded, f"a file under {location}")
    return there(evidence, path=loaded, location=location, message=ELSEWHERE)


def remedies(python: Python | None) -> tuple[Action, ...]:
    shadow = _shadow(python) if python else None
    if shadow is not None:
        return (MoveAside(path=shadow.path),)
    look = AskPython(code="import importlib.util as u; print(u.find_spec('torch').origin)", title=LOOK)
    return look, Advice(title=LEAVE), SameTorch(title="If its own files are incomplete, reinstall torch")


def _shadow(python: Python) -> Shadow | None:
    return next((s for s in python.shadowing if s.module in _OF_TORCH), None)


def _same_folder(file: str, location: str) -> bool:
    return file.replace("\\", "/").lower().startswith(location.replace("\\", "/").rstrip("/").lower() + "/")

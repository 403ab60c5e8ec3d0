"""A file in the working folder hides a module that torch needs.

## Why it matters
Python searches the folder of the script first. A file called `random.py`, `types.py` or `numpy.py` there is imported
instead of the real module, which causes errors deep inside torch that seem unrelated.

## What to do
Rename the file and remove the `__pycache__` next to it.

## References
- https://docs.python.org/3/tutorial/modules.html#the-module-search-path
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Python, Runtime, Shadow
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, MoveAside
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{path} hides the module `{module}` from everything started in that folder"
_STANDARD = (
    r"(?:abc|ast|bisect|calendar|code|collections|contextlib|copy|csv|dataclasses|datetime|email|enum|functools|glob|heapq"
    r"|inspect|io|itertools|json|logging|math|multiprocessing|numbers|operator|pickle|platform|profile|queue|random|secrets"
    r"|select|shutil|signal|socket|statistics|string|struct|tempfile|test|threading|time|token|tokenize|traceback|types"
    r"|typing|uuid|warnings|weakref)"
)
_NOT_A_PACKAGE = (
    r"No module named '(?P<module>(?!(?:torch|doctor)\b)\w{1,40})(?:\.\w{1,40})+'; '\w{1,40}' is not a package"
)
SIGNATURES = (
    r"from partially initialized module 'numpy(?:\.\w+)*'",
    r"Error importing numpy: you should not try to import numpy from",
    r"consider renaming '(?!.{0,200}[/\\]torch\.py').{1,200}' (?:since it has the same name as the (?:standard library"
    r"|third-party|installed) module|if it has the same name as a library)",
    rf"cannot import name '\w+' from '{_STANDARD}' \((?!.{{0,200}}[/\\][Ll]ib(?:64)?[/\\])",
    rf"partially initialized module '(?:numpy|{_STANDARD})'",
    _NOT_A_PACKAGE,
    r"No module named '?torch_(?:npu|mlu|musa|gcu|xla)\._\w*C\b",
)
EXPLAINS = ("torch-not-importable",)
LOOK = "Show which file is imported under that name: one of the project's, or one that another package brought"
_ELSEWHERE = {"torch", "torchvision", "torchgen", "functorch", "doctor"}  # these have rules of their own


def check(python: Python, runtime: Runtime | None) -> Answer:
    shadow = _shadow(python)
    if shadow is None:
        return cannot_tell("error.text")  # the program may have started in another folder
    broken = bool(shadow.lacks) or (runtime is not None and runtime.failure is not None)
    lacks = f", without {', '.join(shadow.lacks)}" if shadow.lacks else ""
    return there(
        seen("python.shadowing", shadow.path + lacks, "no file of that name in the working folder"),
        path=shadow.path,
        module=shadow.module,
        severity=Severity.ERROR if broken else Severity.WARNING,
    )


def remedies(python: Python | None, error: ErrorText | None) -> tuple[Action, ...]:
    shadow = _shadow(python) if python else None
    if shadow is not None:
        return (MoveAside(path=shadow.path),)
    named = re.search(_NOT_A_PACKAGE, error.text) if error else None
    if named is None:
        return ()
    code = f"import importlib.util as u; print(u.find_spec({named['module']!r}).origin)"
    return (AskPython(code=code, title=LOOK),)


def _shadow(python: Python) -> Shadow | None:
    """The one that harms for certain, if any does."""
    found = [s for s in python.shadowing if s.module not in _ELSEWHERE]
    return next((s for s in found if s.lacks), found[0] if found else None)

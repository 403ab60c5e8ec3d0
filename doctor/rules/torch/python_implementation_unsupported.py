"""This Python is not CPython; PyTorch has no builds for it.

## Why it matters
torch is compiled against CPython's C API. There are no wheels for PyPy, GraalPy or others.

## What to do
Create an environment with CPython.

## References
- https://github.com/pytorch/pytorch/issues/17835
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from doctor.remedy.actions import Action, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.install import _pythons

SEVERITY = Severity.ERROR
MESSAGE = "This Python is {implementation}, but PyTorch is only built for CPython"
SIGNATURES = (
    r"You(?:'re using| require) (?:PyPy|GraalPy)\b.{0,160}Python implementation tags",
    r"has no wheels with a matching Python implementation tag(?! \(e\.g\., `cp)|torch.{0,80}`pp3\d+`",
    r"(?i)\b(?:pypy|graalpy)(?:[ -]?\d{1,2}\.\d|3? -m pip)",
)
EXPLAINS = (
    "torch-not-installed",
    "torch-not-importable",
    "wrong-index-or-platform",
    "wrong-wheel-for-platform",
)


def check(python: Python) -> Answer:
    if not python.implementation:
        return cannot_tell("python.implementation")
    if python.implementation.lower() in ("cpython", "python"):
        return not_there("python.implementation", python.implementation)
    evidence = seen("python.implementation", python.implementation, "CPython")
    return there(evidence, implementation=python.implementation)


def remedies() -> tuple[Action, ...]:
    return (NewEnvironment(python=_pythons.usual()),)

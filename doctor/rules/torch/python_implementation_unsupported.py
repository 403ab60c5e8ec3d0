"""This Python is not CPython; PyTorch has no builds for it.

## Why it matters
torch is compiled against CPython's C API. There are no wheels for PyPy, GraalPy or others.

## What to do
Make an environment with CPython.

## References
- https://github.com/pytorch/pytorch/issues/17835
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "this Python is {implementation}; PyTorch is built for CPython only"
SIGNATURES = (r"has no wheels with a matching Python implementation tag|torch.{0,80}`pp3\d+`",)
EXPLAINS = ("torch-not-installed", "torch-not-importable")


def check(python: Python) -> Answer | None:
    if not python.implementation or python.implementation.lower() in ("cpython", "python"):
        return None
    evidence = seen("python.implementation", python.implementation, "CPython")
    return there(evidence, implementation=python.implementation)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    return (
        Remedy(
            "Make an environment with CPython",
            (("uv", "venv", "--python", "cpython-3.12", ".venv"),),
            Risk.MANUAL,
            (".venv",),
        ),
    )

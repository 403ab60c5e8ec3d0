"""This Python is a 32-bit program.

## Why it matters
There are no 32-bit builds of PyTorch. pip finds nothing and says "no matching distribution", or a DLL is refused.

## What to do
Install 64-bit Python and make the environment with it.

## References
- https://docs.python.org/3/using/windows.html
"""

from __future__ import annotations

from doctor.facts import Python, Runtime
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import executable
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{python} is a {bits}-bit Python; PyTorch exists for 64 bits only"
SIGNATURES = (
    r"\b32[- ]bit (?:runtime|Python|version of Python)",
    r"only has wheels for the following platforms.{0,200}win_amd64.{0,200}win32",
    r"You're on Windows \(`win32`\)",
    r"Python \d\.\d+\.\d+ .{0,100}\[MSC v\.\d+ 32 bit \(Intel\)\]",
    r"-win32\.whl is not a supported wheel|linux_i686|linux_armv[67]l",
)
EXPLAINS = (
    "torch-not-installed",
    "torch-not-importable",
    "windows-dll-load-193",
    "wrong-index-or-platform",
    "python-version-unsupported",
)


def check(python: Python, runtime: Runtime | None) -> Answer | None:
    if python.bits is None or python.bits >= 64 or (runtime and runtime.imported):
        return None
    return there(seen("python.bits", python.bits, 64), python=executable(python), bits=python.bits)


def remedies() -> tuple[Remedy, ...]:
    make = ("uv", "venv", "--python", "cpython-3.12-windows-x86_64", ".venv")
    return (Remedy("Make an environment with a 64-bit Python", (make,), Risk.MANUAL, (".venv",)),)

"""The headers of this Python are missing.

## Why it matters
Triton, torch.compile and every C++ extension include `Python.h` and, on Windows, link with `pythonXY.lib`. Linux
distributions have them in a package of their own; Windows' embeddable Python has none.

## What to do
Install the development package of the very Python that runs (python3.11-dev for python3.11), or use a Python that
brings its headers: those of uv, conda and pyenv do.

## References
- https://docs.pytorch.org/docs/stable/torch.compiler_troubleshooting.html
- https://docs.python.org/3/using/windows.html#the-embeddable-package
"""

from __future__ import annotations

from doctor.facts import Host, Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment, SystemPackage

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"(?:fatal error|Cannot open include file)\s?[:：]\s?['‘“«]?"
    r"(?:Python|pyconfig|patchlevel)\.h\b",
    r"LNK1104: .{0,40}\bpython3?\d{0,3}t?\.lib\b|LNK1181: .{0,40}\bpython3?\d{0,3}t?\.lib\b",
    r"include file ['<\"]Python\.h['>\"] not found",  # tcc, which Triton for Windows brings
    r"cannot find -lpython\d(?:\.\d{1,2})?|Can't find Python\.h in ",
    r"windows_utils\.py:\d{1,5}: UserWarning: Failed to find Python libs",  # Triton for Windows
    r"Could NOT find Python\w{0,6} \(missing: [^)]{0,200}(?:INCLUDE_DIR|Development|LIBRARIES)",
)
EXPLAINS = ("triton-helper-not-compiled", "jit-extension-not-built")
_BRING_HEADERS = ("conda", "mamba", "pixi", "uv", "pyenv")
OWN = "This Python brings its headers: see which other Python the build uses, and let it use this one"
DEBIAN = "For a Python that is not the system's own, install its package: python3.11-dev for python3.11"


def remedies(host: Host | None, python: Python | None) -> tuple[Action, ...]:
    if host and host.os == "windows":
        return (NewEnvironment(title="Create an environment with a complete Python"),)
    if python and python.kind in _BRING_HEADERS:
        return (Advice(title=OWN),)
    return SystemPackage(name="python headers"), Advice(title=DEBIAN)

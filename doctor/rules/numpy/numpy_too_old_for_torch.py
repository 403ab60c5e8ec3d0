"""NumPy is older than the interface torch was compiled with.

## Why it matters
torch checks NumPy's C API version when it starts. With an older NumPy it works, but tensors and arrays cannot be
exchanged.

## What to do
Upgrade NumPy.

## References
- https://numpy.org/doc/stable/user/troubleshooting-importerror.html#c-api-incompatibility
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Runtime
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "NumPy {numpy} is older than the one torch was compiled with"
SIGNATURES = (
    r"module compiled against (?:API|ABI) version 0x[0-9a-fA-F]+ but this version of numpy is 0x(?!2000000)",
    r"Failed to initialize NumPy: (?!_ARRAY_API|.{0,90}numpy is 0x2000000)",
    r"module was compiled against NumPy C-API version 0x",
    r"numpy\.dtype size changed, may indicate binary incompatibility\. Expected 88",
    r"numpy\.ndarray size changed, may indicate binary incompatibility",
    r"No module named '?numpy\._core",
    r"cannot import name '\w+' from 'numpy",
)
EXPLAINS = ("numpy2-abi",)
_MISSING_INTERFACE = ("compiled against API version", "compiled against ABI version", "C-API version")


def check(runtime: Runtime, packages: Packages | None) -> Answer | None:
    bridge = runtime.module("numpy bridge")
    if bridge is None or bridge.failure is None:
        return None
    text = bridge.failure.text or bridge.failure.message
    if not any(words in text for words in _MISSING_INTERFACE):
        return None
    numpy = (packages.version("numpy") if packages else None) or bridge.version or "?"
    return there(seen("runtime.modules", f"numpy bridge: {bridge.failure.message}", "a newer NumPy"), numpy=numpy)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    newer = install(python, "--upgrade", "numpy")
    return (Remedy("Upgrade NumPy", (newer,), writes=environment_of(python)),)

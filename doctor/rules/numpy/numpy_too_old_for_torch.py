"""NumPy is older than the one that torch was compiled with.

## Why it matters
torch checks NumPy's C API version when it starts. With an older NumPy it works, but tensors and arrays cannot be
exchanged.

## What to do
Upgrade NumPy.

## References
- https://numpy.org/doc/stable/user/troubleshooting-importerror.html#c-api-incompatibility
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Runtime, Torch
from doctor.model import Phase, Severity
from doctor.remedy.actions import Action, Install
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.numpy import _built

SEVERITY = Severity.ERROR
NOT_WHILE = (Phase.BUILDING_ISOLATED,)  # pip's environment for a build has what the build asks for, and no more
MESSAGE = "NumPy {numpy} is older than the one torch was compiled with"
SIGNATURES = (
    r"module compiled against (?:API|ABI) version 0x[0-9a-fA-F]+ but this version of numpy is 0x(?!2000000)",
    r"Failed to initialize NumPy: (?!_ARRAY_API|.{0,90}numpy is 0x2000000)",
    r"module was compiled against NumPy C-API version 0x",
    r"numpy\.dtype size changed, may indicate binary incompatibility\. Expected 88",
    r"numpy\.ndarray size changed, may indicate binary incompatibility",
    r"No module named '?numpy\._core(?!\._multiarray_umath)",
)
EXPLAINS = ("numpy2-abi",)
_MISSING_INTERFACE = ("compiled against API version", "compiled against ABI version", "C-API version")


def check(runtime: Runtime, packages: Packages | None) -> Answer:
    bridge = runtime.module("numpy bridge")
    if bridge is not None and bridge.failure is None:
        return not_there("runtime.modules", "tensors and arrays are exchanged")
    text = (bridge.failure.text or bridge.failure.message) if bridge and bridge.failure else ""
    if bridge is None or bridge.failure is None or not any(words in text for words in _MISSING_INTERFACE):
        return cannot_tell("runtime.modules")
    numpy = (packages.version("numpy") if packages else None) or bridge.version or "?"
    return there(seen("runtime.modules", f"numpy bridge: {bridge.failure.message}", "a newer NumPy"), numpy=numpy)


def remedies(torch: Torch | None, host: Host | None) -> tuple[Action, ...]:
    return (Install(requirements=(_built.requirement(torch, host),), upgrade=True, title="Upgrade NumPy"),)

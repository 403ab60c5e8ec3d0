"""A DLL is damaged or has the wrong architecture (WinError 193).

## Why it matters
Windows refuses to load a 32-bit DLL into 64-bit Python (or the reverse), and treats a truncated or blocked file in the
same way.

## What to do
Use a 64-bit Python and reinstall torch without pip's cache.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, SameTorch
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.windows._loader import NOT_FOREIGN, cleared, dll, failed

SEVERITY = Severity.ERROR
MESSAGE = "Windows cannot load torch's DLLs: {library} is damaged or has the wrong architecture"
SIGNATURES = (
    rf"\[WinError 193\]{NOT_FOREIGN}",
    rf"^{NOT_FOREIGN}(?!.{{0,300}}DLL load failed while importing (?!_C\b)).{{0,300}}(?:%1|\.dll) "
    r"is not a valid Win32 application",
    r"DLL load failed(?: while importing _C)?: %1\b",
    r"\[WinError 216\]|STATUS_INVALID_IMAGE_FORMAT|(?i:0xc000007b)|\b3221225595\b|-1073741701\b",
)
EXPLAINS = ("torch-not-importable",)


def check(host: Host, runtime: Runtime | None, packages: Packages | None) -> Answer:
    if answer := cleared(host, runtime):
        return answer
    failure = failed(runtime, 193)
    if failure is None:
        return cannot_tell("runtime.failure")
    damaged = packages.damaged if packages else ()
    library = dll(failure) or (damaged[0].path if damaged else "a DLL")
    return there(seen("runtime.failure", failure.message, "a 64-bit DLL, whole"), library=library)


def remedies() -> tuple[Action, ...]:
    return (SameTorch(),)

"""A DLL of torch lacks a function that another one needs (WinError 127).

## Why it matters
DLLs of two versions are mixed: files of an older torch were left behind, or torchvision, torchaudio or a CUDA folder on
PATH belong to another version.

## What to do
Reinstall torch. If the message names a CUDA folder on PATH, remove it from PATH.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
"""

from __future__ import annotations

from doctor.facts import Host, Runtime, Toolkits
from doctor.model import Severity
from doctor.remedy.actions import Action, SameTorch
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.windows._loader import NOT_FOREIGN, NOT_INTELS, OWN, cleared, dll, failed

SEVERITY = Severity.ERROR
MESSAGE = "torch fails to load, and {path} on {variable} has a DLL of the same name ({library})"
MIXED = "{library} needs a function that another DLL does not have: files of two versions are mixed"
_NO_PROCEDURE = "The specified procedure could not be found"
SIGNATURES = (
    rf"\[WinError 127\]{NOT_INTELS}{NOT_FOREIGN}",
    rf"WinError 127\b.{{0,40}}Error loading ['\"]?[^'\"]{{0,200}}{OWN}",
    rf"ImportError: DLL load failed(?: while importing _C)?: {_NO_PROCEDURE}",
    rf"^\W{{0,6}}{_NO_PROCEDURE}\.? ?Error loading [\"“]",  # a title, without the exception
    # error 182: a function that is asked for by its number
    r"DLL load failed(?: while importing \w+)?: (?!%1)[^\n:]{4,60}%1(?!\w)"
    r"|\[WinError 182\]|The operating system cannot run %1\.? ?Error loading",
    r"(?:entry point|Prozedureinsprungpunkt|程序输入点|エントリ ポイント).{0,200}(?:torch|c10|cudart|caffe2)",
    r"STATUS_ENTRYPOINT_NOT_FOUND|(?i:0xc0000139)|\b3221225785\b|-1073741511\b",
)
# torchaudio's own library, which newer versions of Python do not name
UNLESS = (r"[\\/]torchaudio[\\/]_extension(?:[\\/]\w{1,20})?\.py\", line \d{1,5}, in (?:_load_lib|_init_extension)\b",)
INSTEAD_IN_OTHERS = "foreign-extension-dll-load"  # where a package that is not torch loads it
EXPLAINS = ("torch-not-importable",)


def check(host: Host, toolkits: Toolkits | None, runtime: Runtime | None) -> Answer:
    if answer := cleared(host, runtime):
        return answer
    failure = failed(runtime, 127)
    if failure is None:
        return cannot_tell("runtime.failure")
    shadowing = toolkits.shadowing if toolkits else ()
    other = next((s for s in shadowing if s.library.lower().endswith(".dll")), None)
    evidence = seen("runtime.failure", failure.message, "DLLs of one version")
    if other is None:
        return there(evidence, message=MIXED, library=dll(failure) or "A DLL of torch")
    where = seen("toolkits.shadowing", other.path, "torch's own copy first")
    return there(evidence, where, path=other.path, variable=other.variable, library=other.library)


def remedies() -> tuple[Action, ...]:
    return (SameTorch(),)

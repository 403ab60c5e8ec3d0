"""A DLL that torch depends on is missing (WinError 126).

## Why it matters
Windows found the DLL named in the message, but not one that this DLL needs: most often the Visual C++ runtime,
`libomp140.x86_64.dll`, which torch 2.4.0's fbgemm.dll needed, or a file that an antivirus program removed.

## What to do
Install the current Visual C++ runtime; if it is installed, reinstall torch; instead of torch 2.4.0 use 2.4.1 or newer.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
- https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist
- https://github.com/pytorch/pytorch/issues/131662 (fbgemm.dll)
"""

from __future__ import annotations

from doctor.facts import Host, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch, SameTorch, VcRuntime
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.windows._loader import (
    CORE_RUNTIME,
    LOADS_MMCV,
    NOT_INTELS,
    OWN,
    absent,
    cleared,
    dll,
    failed,
    is_runtime,
)

SEVERITY = Severity.ERROR
MESSAGE = "The Visual C++ runtime that torch's DLLs need is not installed"
NAMED = "A DLL that {library} needs is missing"
FOUND = "{library} needs {missing}, which is nowhere where Windows looks for it"
UNLESS = (
    r"\[WinError (?!126\b)\d{2,5}\](?!.*Error loading)",  # a message in two lines, the first with another number
    LOADS_MMCV,
)
SIGNATURES = (
    rf"\[WinError 126\]{NOT_INTELS}.{{0,300}}[\\/]+torch[\\/]+lib",
    rf"Could not find module {NOT_INTELS}'.{{0,200}}[\\/]+torch[\\/]+lib[\\/].{{0,80}}\(or one of its dependencies\)",
    rf"(?:Could not find module|\[WinError 126\].{{0,300}}Error loading) ['\"]?[^'\"]{{0,200}}{OWN}",
    rf"^{NOT_INTELS}\W{{0,20}}(?:\w{{1,40}}(?:Error|Exception): )?"
    r"Error loading [\"“].{1,300}[\\/]torch[\\/]lib[\\/].{1,80} or one of its dependencies",
    # wrapped by a console: the words before it stand on the line above
    r"^\s{0,20}\"[A-Za-z]:[\\/][^\"]{1,250}[\\/]torch[\\/]lib[\\/][^\"]{1,80}\.dll\" or one of\b",
    r"\[WinError 126\](?!.{0,300}Error loading)",
    r"(?i)\b(?:fbgemm|c10|torch_(?:cpu|cuda|python)|shm|asmjit|uv|libomp\w{1,20})\.dll\W{1,4}WinError:? ?126\b",
    r"(?i)\b(?:OSError|ImportError|DLL)\b.{0,40}(?<!\[)\bWin ?Error:? ?126\b(?!\])",  # as people tell it
    r"(?:ImportError: DLL load failed(?: while importing _C)?|DLL load failed while importing _C): "
    r"The specified module could not be found",
    r"Microsoft Visual C\+\+ Redistributable is not installed, this may lead to the DLL load failure",
    r"STATUS_DLL_NOT_FOUND|(?i:0xc0000135)|\b3221225781\b|-1073741515\b",
    r"(?:libomp140\.x86_64|VCRUNTIME140(?:_1)?|MSVCP140)\.dll (?:was not found|is missing|not found)",
)
INSTEAD_IN_OTHERS = "foreign-extension-dll-load"  # where a package that is not torch loads it
EXPLAINS = ("torch-not-importable", "windows-dll-load-1114")


def check(host: Host, torch: Torch, runtime: Runtime | None) -> Answer:
    if answer := cleared(host, runtime):
        return answer
    failure = failed(runtime, 126)
    lacked = absent(torch)
    if torch.version and _without_runtime(host, torch):
        evidence = [seen("torch.absent_libraries", f"{one.name}, for {one.needed_by}", "found") for one in lacked]
        missing = seen("host.vc_runtime", host.vc_runtime or "not installed", "Visual C++ 2015-2022 runtime")
        return there(missing, *evidence, severity=Severity.ERROR if failure else Severity.WARNING)
    if failure is None:
        return cannot_tell("host.vc_runtime" if host.vc_runtime is None else "runtime.failure")
    message = seen("runtime.failure", failure.message, "a DLL with all that it needs")
    other = next((one for one in lacked if not is_runtime(one.name)), None)
    if other is None:
        return there(message, message=NAMED, library=dll(failure) or "a DLL of torch")
    file = seen("torch.absent_libraries", f"{other.name}, for {other.needed_by}", "found")
    return there(message, file, message=FOUND, library=other.needed_by, missing=other.name)


def _without_runtime(host: Host, torch: Torch) -> bool:
    """Going by the files of the runtime; where nobody looked, by what its installer wrote down."""
    if torch.absent_libraries is None:
        return host.vc_runtime == ""
    return any(one.name.lower() in CORE_RUNTIME for one in torch.absent_libraries)


def remedies(torch: Torch | None, host: Host | None) -> tuple[Action, ...]:
    if torch and (torch.version or "").partition("+")[0] == "2.4.0":  # asks for libomp140.x86_64.dll
        return (FittingTorch(torch=">=2.4.1"),)
    if torch and host and torch.absent_libraries is not None:
        return (VcRuntime(),) if _without_runtime(host, torch) else (SameTorch(),)
    return (SameTorch(),) if host and host.vc_runtime else (VcRuntime(),)

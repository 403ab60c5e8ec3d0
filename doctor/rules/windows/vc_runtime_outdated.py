"""The Visual C++ runtime is older than this PyTorch needs.

## Why it matters
From 2.14 on, PyTorch's DLLs for Windows import `VCRUNTIME140_THREADS.dll`. The runtime has that file since version
14.38 (Visual Studio 2022 17.8); an older one, though installed, does not.

## What to do
Install the current Visual C++ runtime over the old one. Conda environments have their own: update `vc14_runtime` there.

## References
- https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist
- https://devblogs.microsoft.com/cppblog/c11-threads-in-visual-studio-2022-version-17-8-preview-2/
"""

from __future__ import annotations

from doctor.catalog import Version, floors
from doctor.facts import Host, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, CondaInstall, VcRuntime
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.windows._loader import cleared, failed

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch {torch} needs Visual C++ runtime {needed} or newer; this one is {runtime}"
_LACKED = r"(?i:vcruntime140_threads\.dll|msvcp140_(?:atomic_wait|codecvt_ids|[12])\.dll)"
SIGNATURES = (
    rf"(?:not find|because|[Mm]issing|找不到|缺少|丢失|weil|da|car|porque|поскольку) .{{0,3}}{_LACKED}",
    rf"(?:not find|because|[Mm]issing|找不到|缺少|丢失){_LACKED}",
    rf"{_LACKED}['”\"]? (?:was not found|is missing|not found|=> not found|wurde nicht gefunden|est introuvable"
    r"|no se encontr)",
    rf"{_LACKED}.{{0,12}}が見つから",
    r"entry point (?:__std_|_Mtx_|_Cnd_|_Thrd_|__CxxFrameHandler4|\?\S{1,200}@std@@)\S{0,200} could not be located",
)
EXPLAINS = ("torch-not-importable", "windows-dll-load-126", "windows-dll-load-127", "windows-dll-load-1114")


def check(host: Host, torch: Torch, runtime: Runtime | None, packages: Packages | None) -> Answer:
    if answer := cleared(host, runtime):
        return answer
    first, needed = floors.limit("torch with VCRUNTIME140_THREADS"), floors.limit("runtime with VCRUNTIME140_THREADS")
    if not torch.version or Version.of(torch.version).older_than(first):
        return not_there("torch.version", torch.version) if torch.version else cannot_tell("torch.version")
    if not host.vc_runtime:
        return cannot_tell("host.vc_runtime")  # where there is none at all, that is another rule's finding
    if not Version.of(host.vc_runtime).older_than(needed):
        return not_there("host.vc_runtime", host.vc_runtime, needed)
    if packages and packages.version("msvc-runtime"):
        return cannot_tell("runtime.failure")
    evidence = seen("host.vc_runtime", host.vc_runtime, f"{needed} or newer")
    level = Severity.ERROR if failed(runtime, 126) else Severity.WARNING
    return there(evidence, severity=level, torch=torch.version, needed=needed, runtime=host.vc_runtime)


def remedies() -> tuple[Action, ...]:
    return CondaInstall((f"vc14_runtime>={floors.limit('runtime with VCRUNTIME140_THREADS')}",)), VcRuntime()

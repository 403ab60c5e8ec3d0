"""The Visual C++ runtime is older than this PyTorch, or the Triton beside it, needs.

## Why it matters
From 2.14 on, PyTorch's DLLs for Windows import `VCRUNTIME140_THREADS.dll`. The runtime has that file since version
14.38 (Visual Studio 2022 17.8); an older one, though installed, does not. triton-windows is compiled for a newer one,
too: with an older msvcp140.dll, which the Python's own folder may hold, its libtriton does not start.

## What to do
Install the current Visual C++ runtime over the old one. Conda environments have their own: update `vc14_runtime` there.
Without an administrator, PyPI's `msvc-runtime` puts its files into the Python's own folder; into that of a virtual
environment's scripts, where Windows finds them only while the environment is active.

## References
- https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist
- https://devblogs.microsoft.com/cppblog/c11-threads-in-visual-studio-2022-version-17-8-preview-2/
- https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order
- https://github.com/woct0rdho/triton-windows (libtriton)
"""

from __future__ import annotations

from doctor.catalog import Version, floors
from doctor.facts import ErrorText, Host, Packages, Python, Runtime, Storage, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall, Install, VcRuntime
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.windows._loader import CORE_RUNTIME, NOT_STARTED, absent, cleared, failed, is_runtime

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch {torch} needs Visual C++ runtime {needed} or newer; this one is {runtime}"
LACKS = "{library} of PyTorch {torch} needs {lacked}, which the Visual C++ runtime of this machine does not have"
_LACKED = r"(?i:vcruntime140_threads\.dll|msvcp140_(?:atomic_wait|codecvt_ids|[12])\.dll)"
SIGNATURES = (
    rf"(?:not find|because|[Mm]issing|找不到|缺少|丢失|weil|da|car|porque|поскольку) .{{0,3}}{_LACKED}",
    rf"(?:not find|because|[Mm]issing|找不到|缺少|丢失){_LACKED}",
    rf"{_LACKED}['”\"]? (?:was not found|is missing|not found|=> not found|wurde nicht gefunden|est introuvable"
    r"|no se encontr)",
    rf"{_LACKED}.{{0,12}}が見つから",
    r"entry point (?:__std_|_Mtx_|_Cnd_|_Thrd_|__CxxFrameHandler4|\?\S{1,200}@std@@)\S{0,200} could not be located",
    rf"DLL load failed while importing libtriton.{{0,40}}{NOT_STARTED}",
)
EXPLAINS = ("torch-not-importable", "windows-dll-load-126", "windows-dll-load-127", "windows-dll-load-1114")
OWN = "Let pip put the runtime's DLLs beside this Python, which needs no administrator"
IN_SCRIPTS = (
    'Without an administrator: `python -m pip install "msvc-runtime>={least}"` in the environment, which then has to be'
    " active whenever torch is imported"
)
_VIRTUAL = ("venv", "virtualenv", "uv")


def check(
    host: Host, torch: Torch, runtime: Runtime | None, packages: Packages | None, error: ErrorText | None
) -> Answer:
    if error and "libtriton" in error.text:
        return cannot_tell("error.text")  # torch may be sound
    if answer := cleared(host, runtime):
        return answer
    if torch.absent_libraries is not None:
        return _by_its_files(torch, runtime)
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
    return there(evidence, severity=_severity(runtime), torch=torch.version, needed=needed, runtime=host.vc_runtime)


def _by_its_files(torch: Torch, runtime: Runtime | None) -> Answer:
    lacked = [library for library in absent(torch) if is_runtime(library.name)]
    if not lacked:
        return not_there("torch.absent_libraries", "none of the Visual C++ runtime")
    if any(library.name.lower() in CORE_RUNTIME for library in lacked):
        return cannot_tell("host.vc_runtime")  # there is none at all
    evidence = [seen("torch.absent_libraries", f"{one.name}, for {one.needed_by}", "found") for one in lacked]
    first = lacked[0]
    words = {"library": first.needed_by, "lacked": first.name, "torch": torch.version}
    return there(*evidence, message=LACKS, severity=_severity(runtime), **words)


def _severity(runtime: Runtime | None) -> Severity:
    return Severity.ERROR if failed(runtime, 126) else Severity.WARNING


def remedies(python: Python | None, storage: Storage | None) -> tuple[Action, ...]:
    least = floors.limit("runtime with VCRUNTIME140_THREADS")
    system = CondaInstall((f"vc14_runtime>={least}",)), VcRuntime()
    own = storage is not None and any(f.purpose == "environment" and f.writable for f in storage.folders)
    kind = python.kind if python else None
    if kind in _VIRTUAL:
        return *system, Advice(title=IN_SCRIPTS.format(least=least))
    return (
        (Install(requirements=(f"msvc-runtime>={least}",), title=OWN), *system) if own and kind == "system" else system
    )

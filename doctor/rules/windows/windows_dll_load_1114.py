"""A DLL of torch failed in its start-up routine (WinError 1114).

## Why it matters
The DLL was found, but its initialisation failed. Known reasons: a Visual C++ runtime older than the build (torch 2.9
and newer), a library imported before torch that brings an older runtime (PyQt, some onnx builds), a page file that is
too small, or a GPU turned off by power settings.

## What to do
Install the current Visual C++ runtime; if it is current, import torch before the other libraries, let Windows manage
the page file, or go back to torch 2.8.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--1000-1299-
- https://github.com/pytorch/pytorch/issues/166628 (torch 2.9, c10.dll)
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Host, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, FittingTorch, PageFile, VcRuntime
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.windows._loader import NOT_FOREIGN, NOT_STARTED, cleared, dll, failed

SEVERITY = Severity.ERROR
MESSAGE = "{library} does not start; the Visual C++ runtime here is {runtime}"
ALONE = "{library} does not start"
SIGNATURES = (
    rf"\[WinError 1114\]{NOT_FOREIGN}",
    rf"^(?!.{{0,300}}DLL load failed while importing (?!_C\b)).{{0,300}}{NOT_STARTED}",
    r"STATUS_DLL_INIT_FAILED|(?i:0xc0000142)|\b3221225794\b|-1073741502\b",
)
INSTEAD_IN_OTHERS = "foreign-extension-dll-load"  # where a package that is not torch loads it
EXPLAINS = ("torch-not-importable",)


ORDER = "Import torch before PyQt, onnxruntime and other libraries that bring their own Visual C++ runtime"
_ENOUGH = (14, 40)  # std::mutex changed in this runtime: what is compiled for it does not start with an older one


def check(host: Host, torch: Torch, runtime: Runtime | None) -> Answer:
    if answer := cleared(host, runtime):
        return answer
    failure = failed(runtime, 1114)
    if failure is None:
        return cannot_tell("runtime.failure")
    library = dll(failure) or "A DLL of torch"
    evidence = (seen("runtime.failure", failure.message, "a DLL that starts"),)
    if not host.vc_runtime:
        return there(*evidence, message=ALONE, library=library)
    needed = f"one as new as the build of torch {torch.version}"
    return there(*evidence, seen("host.vc_runtime", host.vc_runtime, needed), library=library, runtime=host.vc_runtime)


def remedies(host: Host | None) -> tuple[Action, ...]:
    if host is None or Version.of(host.vc_runtime) < _ENOUGH:
        return (VcRuntime(), Advice(title=ORDER))
    return (Advice(title=ORDER), PageFile(), FittingTorch(torch="<2.9"))

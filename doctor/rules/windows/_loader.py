"""What Windows' loader said when torch was imported: the number of its error, and the DLL it names."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath

from doctor.facts import AbsentLibrary, Failure, Host, Runtime, Torch
from doctor.rules.api import CannotTell, NotThere, cannot_tell, not_there

# parts of signatures: after the number, neither a DLL of Intel's GPU runtime nor one that is not torch's is named
NOT_INTELS = r"(?!.{0,300}[\\/](?:c10_xpu|torch_xpu|sycl\d*|ze_loader)\.dll)"
NOT_FOREIGN = r"(?!.{0,300}[Ee]rror loading [\"“](?!.{0,300}[\\/](?:torch|NVIDIA GPU Computing Toolkit)[\\/]))"
# torch's own DLLs: some in whatever folder, or none; others that programs have, too, only where the folder is left out
OWN = (
    r"(?:[\\/'\"](?:c10(?:_cuda)?|torch(?:_(?:cpu|cuda(?:_c(?:u|pp))?|python|global_deps))?|caffe2_nvrtc|fbgemm|asmjit|shm)"
    r"|(?:['\"]|\.\.\.[\\/]{1,2})(?:uv|libiomp5md|libiompstubs5md))\.dll\b"
)
# Python 3.7 does not name the module whose DLL fails: MMCV loads its own by name, after torch
LOADS_MMCV = (
    r"[\\]mmcv[\\]utils[\\]ext_loader\.py\W{1,3}line \d{1,4}, in load_ext\b"
    r"|\bmmcv\b.{0,60}\b_ext\b.{0,60}DLL load failed(?! while)"
)
NOT_STARTED = r"A dynamic link library \(DLL\) initialization routine failed"
CORE_RUNTIME = ("vcruntime140.dll", "msvcp140.dll")  # every version of the Visual C++ runtime has these
_RUNTIME = re.compile(r"(?:vcruntime|msvcp|concrt|vcomp|vccorlib)140\w*\.dll", re.IGNORECASE)
_INTELS = re.compile(NOT_INTELS.replace("(?!.{0,300}", "(?:", 1))


def cleared(host: Host, runtime: Runtime | None) -> NotThere | CannotTell | None:
    """The answer for a machine where torch's DLLs cannot be what fails."""
    if host.os != "windows":
        return not_there("host.os", host.os) if host.os else cannot_tell("host.os")
    return not_there("runtime.imported", True) if runtime and runtime.imported else None


def failed(runtime: Runtime | None, number: int) -> Failure | None:
    """The failure of torch's import with this number, unless it is about Intel's runtime or another package's file."""
    failure = runtime.failure if runtime else None
    if failure is None or f"[WinError {number}]" not in failure.message or _INTELS.search(failure.message):
        return None
    path = failure.library.replace("\\", "/").lower()
    return None if path and "/torch/" not in path else failure


def dll(failure: Failure) -> str:
    """The file's name, "" where none is named."""
    return PureWindowsPath(failure.library).name.lower()


def absent(torch: Torch | None) -> tuple[AbsentLibrary, ...]:
    """What torch's DLLs ask for and Windows does not find."""
    return (torch.absent_libraries if torch else None) or ()


def is_runtime(name: str) -> bool:
    return bool(_RUNTIME.fullmatch(name))

"""A DLL that torch depends on is missing (WinError 126).

## Why it matters
Windows found the DLL named in the message, but not one that this DLL needs: most often the Visual C++ runtime, or
`libomp140.x86_64.dll` that torch 2.4.0's fbgemm.dll asked for, or a file an antivirus took away.

## What to do
Install the current Visual C++ runtime, then reinstall torch; with torch 2.4.0 take 2.4.1 or newer.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
- https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist
- https://github.com/pytorch/pytorch/issues/131662 (fbgemm.dll)
"""

from __future__ import annotations

from doctor.facts import Host, Packages, Python, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import same_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "the Visual C++ runtime that torch's DLLs need is not installed"
SIGNATURES = (
    r"\[WinError 126\].{0,300}[\\/]+torch[\\/]+lib",
    r"Could not find module '.{0,200}[\\/]+torch[\\/]+lib[\\/].{0,80}\(or one of its dependencies\)",
    r"^\W{0,20}(?:\w{1,40}(?:Error|Exception): )?"
    r"Error loading [\"“].{1,300}[\\/]torch[\\/]lib[\\/].{1,80} or one of its dependencies",
    r"\[WinError 126\](?!.{0,300}Error loading)",
    r"ImportError: DLL load failed(?: while importing _C)?: (?:The specified module could not be found"
    r"|找不到指定的模[块組]"
    r"|Das angegebene Modul wurde nicht gefunden|指定されたモジュールが見つかりません"
    r"|Le module spécifié est introuvable"
    r"|No se (?:puede encontrar|encontró|ha encontrado) el módulo especificado|Не найден указанный модуль"
    r"|지정된 모듈을 찾을 수 없습니다|Impossibile trovare il modulo specificato|Não foi possível encontrar o módulo)",
    r"Microsoft Visual C\+\+ Redistributable is not installed, this may lead to the DLL load failure",
    r"STATUS_DLL_NOT_FOUND|(?i:0xc0000135)",
    r"(?:libomp140\.x86_64|VCRUNTIME140(?:_1)?|MSVCP140)\.dll (?:was not found|is missing|not found)",
)
EXPLAINS = ("torch-not-importable", "windows-dll-load-1114")


def check(host: Host, torch: Torch, runtime: Runtime | None) -> Answer | None:
    if host.os != "windows" or host.vc_runtime != "" or not torch.version:
        return None
    if runtime is not None and runtime.imported:
        return None
    return there(seen("host.vc_runtime", "not installed", "Visual C++ 2015-2022 runtime"))


def remedies(torch: Torch | None, python: Python | None, packages: Packages | None) -> tuple[Remedy, ...]:
    runtime = ("winget", "install", "--id", "Microsoft.VCRedist.2015+.x64", "--exact")
    return (
        Remedy("Install the Visual C++ runtime", (runtime,), risk=Risk.ADMIN),
        *same_torch(python, torch, packages, "Then, if it still fails: install torch afresh"),
    )

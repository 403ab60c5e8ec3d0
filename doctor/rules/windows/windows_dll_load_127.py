"""A DLL of torch lacks a function that another one asks for (WinError 127).

## Why it matters
DLLs of two versions are mixed: an older torch's files stayed behind, or torchvision, torchaudio or a CUDA folder on
PATH belong to another version.

## What to do
Remove torch, torchvision and torchaudio, then install a matching set from one source.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
"""

from __future__ import annotations

from doctor.facts import Host, Nvidia, Python, Runtime, ShadowingLibrary, Toolkits, Torch
from doctor.model import Remedy, Severity
from doctor.rules._remedy import reinstall_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch fails to load while {path} on {variable} holds a DLL of the same name ({library})"
SIGNATURES = (
    r"\[WinError 127\]",
    r"ImportError: DLL load failed(?: while importing _C)?: (?:The specified procedure could not be found"
    r"|找不到指定的程序"
    r"|Die angegebene Prozedur wurde nicht gefunden|指定されたプロシージャが見つかりません"
    r"|La procédure spécifiée est introuvable"
    r"|No se encontró el proceso especificado|Не найдена указанная процедура|지정된 프로시저를 찾을 수 없습니다)",
    r"(?:entry point|Prozedureinsprungpunkt|程序输入点|エントリ ポイント).{0,200}(?:torch|c10|cudart|caffe2)",
    r"STATUS_ENTRYPOINT_NOT_FOUND|(?i:0xc0000139)",
)
EXPLAINS = ("torch-not-importable",)


def check(host: Host, toolkits: Toolkits, runtime: Runtime) -> Answer | None:
    if host.os != "windows" or runtime.failure is None or "127" not in runtime.failure.message:
        return None
    library = _on_path(toolkits)
    if library is None:
        return None
    evidence = seen("toolkits.shadowing", library.path, "torch's own copy first")
    return there(evidence, path=library.path, variable=library.variable, library=library.library)


def remedies(
    python: Python | None, host: Host | None, nvidia: Nvidia | None, torch: Torch | None
) -> tuple[Remedy, ...]:
    return reinstall_torch(python, host, nvidia, torch)


def _on_path(toolkits: Toolkits) -> ShadowingLibrary | None:
    return next((s for s in toolkits.shadowing if s.library.lower().endswith(".dll")), None)

"""A DLL of torch failed in its start-up routine (WinError 1114).

## Why it matters
The DLL was found, but its initialisation returned failure. Known reasons: a Visual C++ runtime older than the build
(torch 2.9 and newer), a library imported before torch that brings an older runtime (PyQt, some onnx builds), too
little page file, or a GPU switched off by power settings.

## What to do
Install the current Visual C++ runtime; import torch first; otherwise go back to torch 2.8.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--1000-1299-
- https://github.com/pytorch/pytorch/issues/166628 (torch 2.9, c10.dll)
"""

from __future__ import annotations

from doctor.facts import Host, Python, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch's DLLs do not start; the Visual C++ runtime here is {runtime}"
SIGNATURES = (
    r"\[WinError 1114\]",
    r"(?:A dynamic link library \(DLL\) initialization routine failed|动态链接库 ?\(DLL\) ?初始化例程失败"
    r"|Eine DLL-Initialisierungsroutine ist fehlgeschlagen|DLL\) ?初期化ルーチンの実行に失敗しました"
    r"|routine d.initialisation d.une bibliothèque de liens dynamiques|rutina de inicialización de biblioteca"
    r"|動態連結程式庫 ?\(DLL\) ?初始化例行程序失敗|программы инициализации библиотеки)",
    r"STATUS_DLL_INIT_FAILED|(?i:0xc0000142)",
)
EXPLAINS = ("torch-not-importable",)


def check(host: Host, torch: Torch, runtime: Runtime) -> Answer | None:
    failure = runtime.failure
    if host.os != "windows" or failure is None or "1114" not in failure.message or not host.vc_runtime:
        return None
    return there(
        seen("runtime.failure", failure.message, "a DLL that starts"),
        seen("host.vc_runtime", host.vc_runtime, f"one as new as the build of torch {torch.version}"),
        runtime=host.vc_runtime,
    )


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    newest = ("winget", "install", "--id", "Microsoft.VCRedist.2015+.x64", "--exact", "--force")
    return (
        Remedy("Install the current Visual C++ runtime", (newest,), risk=Risk.ADMIN),
        Remedy("Or use torch 2.8", (install(python, "torch==2.8.0", "torchvision==0.23.0"),)),
    )

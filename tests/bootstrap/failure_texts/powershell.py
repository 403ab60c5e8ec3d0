"""What PowerShell and Windows' installers say."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "policy": (
        "no esta permitido; véase about_Execution_Policies",
        "because running scripts is disabled on this system",
        "The file D:\\b.ps1 is not digitally signed",
        "Only core types are supported in this language mode.",
        "因为在此系统上禁止运行脚本",
        "此语言模式仅支持核心类型的方法调用",
        "da die Ausführung von Skripts auf diesem System deaktiviert ist",
        "Die Datei ist nicht digital signiert.",
        "Der Aufruf ist in diesem Sprachmodus nicht möglich",
        "CategoryInfo : SecurityError: (:) [], PSSecurityException",
        "Error: PowerShell requires an execution policy in [RemoteSigned] to run it.",
    ),
    "no-program": ("'iwr' is not recognized as an internal or external command",),
    "old-program": (
        "ObjectNotFound: (a:String) [], CommandNotFoundException\nFullyQualifiedErrorId : CouldNotAutoLoadModule",
        "The term 'Expand-Archive' is not recognized",
        "The term 'Start-BitsTransfer' is not recognized",
    ),
    "internet-explorer": (
        "because the Internet Explorer engine is not available",
        "le moteur Internet Explorer n'est pas disponible",
    ),
    "installer": (
        "Installer failed with exit code: 2008",
        "安装程序失败，退出代码为: 1",
    ),
    "winget-source": (
        "0x8a15000f : no",
        "Failed when searching source: winget",
        "搜索源时失败: winget",
    ),
}

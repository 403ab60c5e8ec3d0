"""What rights, protection and policies of the system forbid."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "blocked": (
        "OSError: [WinError 225] bloqué",
        "the file contains a virus",
        "This script contains malicious content",
        "This program is blocked by group policy",
        "An Application Control policy has said no",
        "its operation falls under software restriction policies",
        "文件包含病毒或潜在的垃圾软件",
        "应用程序控制策略已阻止此文件",
        "此程序被组策略阻止",
        "Eine Anwendungssteuerungsrichtlinie verhindert es",
        "wurde durch eine Gruppenrichtlinie geblockt",
        "da die Datei enthält einen Virus",
        "  × Failed to query Python interpreter `D:\\py\\python.exe`\n  ╰─▶ 拒绝访问。 (os error 5)",
        "Program 'pip.exe' failed to run: Access is denied",
        "无法运行程序: 拒绝访问。\n+ CategoryInfo : ResourceUnavailable: (:) [], ApplicationFailedException",
        "Error 0x800700e1: no",
        "[WinError 10013] verboten",
        "error: an attempt to use a socket in a way forbidden by it",
        "Failed to establish a new connection: [Errno 13] nein",
        "('Connection aborted.', PermissionError(13, 'nein'))",
        "    sock.connect(sa)\nPermissionError: nein",
        "FullyQualifiedErrorId : ScriptContainedMaliciousContent,a",
        "此脚本包含恶意内容",
        "Dieses Skript enthält schädliche Daten.",
        "da die Datei einen Virus oder Unerwünschtes hat",
        "Installer failed with exit code: 1625",
        "Could not load file a.dll. (Exception from HRESULT: 0x80131515)",
    ),
    "not-root": (
        "E: Unable to acquire the lock (/srv/lock), are you root?",
        "Error: this command requires superuser rights",
        "E: Sperren nicht möglich, sind Sie root?",
        "E: 无法加锁，您是 root 用户吗？",
        "ada is not in the sudoers file.",
        "sudo: a password is required",
    ),
    "privilege": ("OSError: [WinError 1314] fehlt: 'D:\\a'",),
}

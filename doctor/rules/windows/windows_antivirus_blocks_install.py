"""A virus scanner stops or holds a file while packages are unpacked.

## Why it matters
Virus scanners look at every file that pip or uv writes. One that they suspect is refused or removed, and one that they
still scan cannot be renamed, so the installation stops with "access is denied" although nothing else uses the file.

## What to do
See in the scanner's history what it stopped, and install again: a file that was only held is free by then. Prefer
packages that are built already. On a managed machine, ask its administrators for an exception.

## References
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
- https://docs.astral.sh/uv/concepts/cache/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Install

SEVERITY = Severity.ERROR
_IN_CACHE = r"failed to (?:rename|persist|move) .{0,400}(?:[\\/]uv[\\/]|archive-v\d|builds-v\d|\.tmp\w{6})"
_SCANNER = r"(?:anti-?virus|defender|kaspersky|bitdefender|mcafee|norton|avast|sophos|crowdstrike|security software)"
_OF_INSTALL = r"(?:\btorch|\bwheel|\bpip\b|\buv\b|\bpython|\bvenv|site-packages|\.(?:dll|pyd|exe|whl)\b)"
SIGNATURES = (
    r"\bWinError 22[56]\b|\(os error 22[56]\)",
    r"the file contains a virus or potentially unwanted software",
    r"This script contains malicious content and has been blocked by your antivirus|此脚本包含恶意内容",
    rf"{_IN_CACHE}.{{0,300}}\(os error (?:5|32)\)",
    r"Controlled folder access blocked .{0,200}(?:python|pip|uv|conda)\w{0,4}\.exe",
    rf"(?i)(?<!not )(?<!no )\b{_SCANNER}\b.{{0,30}}\b(?:lock|hold|block|quarantin|delet|remov|intercept|flag)"
    rf"(?:s|ed|es|e)?\b.{{0,40}}{_OF_INSTALL}",
    r"(?:(?:杀毒软件|安全软件|火绒安全|360安全|360卫士|360杀毒|[Dd]efender).{0,12}(?:拦截|删除|隔离|误删|误杀|占用)"
    rf"|火绒拦截|火绒删除|火绒隔离|火绒误删).{{0,60}}{_OF_INSTALL}",
    # C's name for error 225, of which it knows nothing
    r"\[Errno 22\] Invalid argument: '[A-Za-z]:.{1,200}[\\/]pip-(?:unpack|install|req-build|wheel|ephem-wheel-cache)-",
    # a DLL that may be read, and not be run
    r"\[WinError 5\].{0,80}[Ee]rror loading [\"“][A-Za-z]:",
    r"DLL load failed(?: while importing \w{1,60})?: Access is denied",
    # what uv itself unpacks
    r"failed to (?:create|write|open) file `[^`]{1,200}[\\/]cpython-3[^`]{1,160}`.{0,80}\(os error 3\)",
)
CANDIDATES = {
    "environment-not-writable": "it is a DLL that is refused, and the same program runs in an administrator's terminal:"
    " the files are another account's",
    "windows-file-in-use": "two installations run at the same time, or a program uses this environment",
    "windows-path-too-long": "the path in the message is near 260 characters long, or below a long folder",
}
EXPLAINS = ("windows-file-in-use", "environment-not-writable")


def remedies() -> tuple[Action, ...]:
    history = (
        "See what was stopped under Windows Security > Virus & threat protection > Protection history, then repeat"
    )
    ask = "On a machine of a company or school, ask its administrators for an exception for this folder"
    ready = "Install what is built already, so that nothing is compiled and scanned here"
    return (
        Advice(title=f"{history} the installation"),
        Install(requirements=("PACKAGE",), flags=("--only-binary", ":all:"), title=ready),
        Advice(title=ask),
    )

"""A file that must be replaced is in use.

## Why it matters
Windows keeps a DLL or program from being replaced while a process uses it: a notebook, an editor's Python, a training
run, or pip.exe, which cannot replace itself. The installation or the build stops half-way.

## What to do
End every program that uses this Python, and try again. If nothing uses it, a virus scanner held the file for a moment.

## References
- https://pip.pypa.io/en/stable/installation/#upgrading-pip
- https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
# Where every user may write, so that a refusal is about the file; [Errno 13] is what opening a loaded DLL gives
_SYSTEMS = r"(?i:Program(?: Files|Data)|Windows[\\/])"
_REFUSED = rf"\[(?:WinError 5|Errno 13)\].{{0,60}}'(?:\\\\\?\\)?[A-Za-z]:[\\/](?!{_SYSTEMS})"
_BINARY = r"[^'\n]{1,300}\.(?i:pyd|dll|exe)'"
OWN_FILE = rf"{_REFUSED}(?:{_BINARY}|[^'\n]{{1,300}}[\\/]~\w|(?i:Users)[\\/])"
_OF_PYTHON = r"(?:site-packages|[\\/]Scripts[\\/]|[\\/]envs[\\/]|[\\/](?:pkgs|\.?venv)[\\/]|\.(?:pyd|dll|exe)\b)"
SIGNATURES = (
    r"To modify pip, please run the following command",
    r"Could not install packages due to an (?:OSError|EnvironmentError): \[WinError 32\]",
    rf"\[WinError 32\].{{0,120}}'[^'\n]{{0,300}}{_OF_PYTHON}",
    r"\[WinError 5\].{0,60}'[^'\n]{1,300}[\\/]~\w",
    rf"Could not install packages due to an (?:OSError|EnvironmentError): {_REFUSED}{_BINARY}",
    rf"Could not install packages due to an (?:OSError|EnvironmentError): {_REFUSED}(?i:Users)[\\/]",
    rf"{_REFUSED}[^'\n]{{1,260}}[\\/](?:(?i:Scripts)[\\/]\w{{2,20}}\.exe|Library[\\/]bin[\\/][\w.-]{{1,60}}\.dll|[^'\n]{{1,200}}\.pyd)'",
    rf"^IOError: {_REFUSED}[^'\n]{{1,260}}[\\/]site-packages[\\/]{_BINARY}",  # Python 2
    rf"{_REFUSED}[^'\n]{{1,260}}[\\/]pip-target-",  # what `pip install --target` cannot replace
    r"failed to (?:remove|copy|hardlink|create) (?:file|directory).{1,400}\(os error 32\)",
    r"used by another process.{0,40}\(os error 32\)",
    r"failed to remove (?:file|directory) `(?!.{0,8}(?i:Program))(?:[A-Za-z]:[\\/]|\\|\.?venv|\.{3}[\\/])"
    r"[^`\n]{0,300}`:\s(?!Input/).{0,60}\(os error 5\)",
    r"(?i)another (?:program|process) is using (?:this|the) file\b",  # as a page translates it
    r"Could not remove or rename [A-Za-z]:.{1,300}you may need to reboot to free file handles",
    r"The process cannot access the file '[^'\n]{1,300}(?:site-packages|[\\/]Scripts[\\/]|\.(?:pyd|dll|exe)')",
    r"(?:Remove-Item|rm|ri|del|rmdir) ?: (?!.{0,40}:[\\/](?i:Program)).{1,300}\.(?:pyd|dll|exe)\b"
    r".{0,9}(?:is denied|的访问被拒绝)",
    r"LNK1104\b.{0,60}['\"][^'\"\n]{1,300}\.(?:pyd|dll|exe)['\"]",
)
CANDIDATES = {
    "windows-antivirus-blocks-install": "nothing runs this Python, and each attempt stops at another file, or in Temp",
    "environment-not-writable": "it stops at once, also after a restart: the environment is another account's",
}
EXPLAINS = ("half-removed-packages", "environment-not-writable")


def remedies() -> tuple[Action, ...]:
    close = "Close all that runs this Python (notebooks, editors, training runs; Task Manager shows python.exe), then"
    own = "For pip's own update, use `python -m pip install --upgrade pip`, since pip.exe cannot replace itself"
    return Advice(title=f"{close} try again"), Advice(title=own)

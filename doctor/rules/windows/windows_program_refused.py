"""Windows refuses to start a program that another one calls (WinError 5).

## Why it matters
A program starts others (FFmpeg, Git, a compiler, another Python) by their path. Windows answers "Access is denied"
where the path is a folder, which is the usual reason: a setting names the folder of the program and not its file, or a
folder has the program's name. It answers the same where a virus scanner or a policy holds the file back, and to what
starts a placeholder of the Microsoft Store.

## What to do
See what the path is that the program calls, and give the file itself.

## References
- https://docs.python.org/3/library/subprocess.html#subprocess.Popen
- https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_CALLED = r"(?:in _execute_child\b|_winapi\.CreateProcess\(|subprocess\.Popen\(|\bstartupinfo\))"
SIGNATURES = (
    # at the end of a traceback, with the marks of Python 3.11 below the line, or without the lines of the source
    rf"{_CALLED}.{{0,160}}(?:PermissionError|WindowsError): \[(?:Win)?Error 5\]",
)
CANDIDATES = {
    "windows-antivirus-blocks-install": "the path is a file, and the scanner's history names it",
    "windows-app-control-blocks-dll": "a double click does not start the file either, and Windows says who forbids it",
    "python-store-alias": "the path is in a folder named WindowsApps",
}
FILE = "See what the program calls: the traceback, its settings or its log name the path. Give it the file, as"
FOLDER = "If a folder beside the script has the program's name, rename the folder"
NAMED = "See which file Windows finds under a name alone, with `where.exe NAME`"


def remedies() -> tuple[Action, ...]:
    return Advice(title=rf"{FILE} `D:\tools\ffmpeg.exe`, not its folder"), Advice(title=FOLDER), Advice(title=NAMED)

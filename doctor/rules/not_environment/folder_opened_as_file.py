"""The program opens a folder as if it were a file.

## Why it matters
Windows says "Permission denied" of it (Errno 13), Linux and macOS "Is a directory" (Errno 21). No right is missing: the
path that was given is that of a folder, where a picture, a checkpoint or a list of them is expected.

## What to do
Give the path of a file, or go through the folder's files one by one.

## References
- https://docs.python.org/3/library/exceptions.html#IsADirectoryError
- https://learn.microsoft.com/cpp/c-runtime-library/reference/open-wopen
"""

from __future__ import annotations

from doctor.model import OF_INSTALLERS, Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.INFO
_OF_SYSTEM = r"(?:site-packages|dist-info|Program|[\\/]Windows[\\/]|[\\/]\.git\b|blobs|[\\/]AppData[\\/])"
_TOP = r"[A-Za-z]:[\\/]{1,2}(?:Users[\\/]{1,2})?[^\\/'\n]{0,60}'"
_FILES = r"(?:LICENSE|README|Makefile|Dockerfile|lock|config|index)"  # what has no ending and is no folder
SIGNATURES = (
    r"\[Errno 21\] Is a directory|IsADirectoryError: ",
    rf"PermissionError: \[Errno 13\] Permission denied: '(?!{_TOP})(?![^'\n]{{0,300}}{_OF_SYSTEM})"
    rf"(?:[A-Za-z]:[\\/]|[^'\n/]{{1,100}}\\)[^'\n]{{0,300}}(?<=[\\/])(?!{_FILES}')[A-Za-z_\u4e00-\u9fff]{{2,30}}[\\/]{{0,2}}'",
)
NOT_WHILE = OF_INSTALLERS
FILE = "Give the path of a file: what is named there is a folder, and a program opens the files in it one by one"


def remedies() -> tuple[Action, ...]:
    return (Advice(title=FILE),)

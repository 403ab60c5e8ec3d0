"""A space in a path splits a command.

## Why it matters
Where a path such as `C:\\Program Files` or `C:\\Users\\Jane Doe` stands in a command without quotation marks, what
follows the space is taken for the next argument: compilers and shells then look for `C:\\Program` or `Files.obj`.

## What to do
A path that you typed needs quotation marks. Where a build tool wrote the command, use a Python and an environment in a
folder without spaces.

## References
- https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_CUT = r"[A-Za-z]:[\\/]{1,2}(?:Program|Users[\\/]{1,2}[^\\/'\". ]{1,40})"
_REST = r"(?:Files|\(x86\)|[\w-]{1,40}(?=[\\/]AppData[\\/]))"
SIGNATURES = (
    rf"\bD9024\b.{{0,60}}['\"](?:{_CUT}|{_REST}[\\/]|[A-Za-z]:[\\/][^'\".]{{1,200}}['\"])",
    rf"\bLNK1(?:104|181)\b.{{0,60}}['\"](?:{_CUT}\.(?:obj|lib|exe)|{_REST}(?:[\\/][^'\"]{{1,200}})?\.(?:obj|lib))['\"]",
    rf"\bC1083\b.{{0,60}}['\"](?:{_CUT}['\"]|{_REST}[\\/])",
    _shell.not_recognized(_CUT),
    r"Unable to create process using '\"(?:'[\W_]*$|\"[A-Za-z]:[^'\"\n]{1,200} )",
    r"(?:The system cannot find the file|系统找不到文件) [A-Za-z]:\\Users\\[^\\/'\". ]{1,40}[.。]?\s*$",
    rf"can't open file '{_CUT}': \[Errno 2\]",
)
BY_HAND = "Put quotation marks around a path with spaces; in PowerShell, `&` goes before a program so quoted"
MOVE = "Use a Python and an environment in a folder without spaces in its path, near the root of the drive"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    built = error is not None and any(code in error.text for code in ("D9024", "LNK1", "C1083"))
    moved = Advice(title=MOVE)
    return (moved,) if built else (Advice(title=BY_HAND), moved)

"""A quotation mark in PATH, or in another variable, breaks the scripts that set up an environment.

## Why it matters
The scripts of conda and of Visual Studio put PATH into commands of their own. PATH needs no quotation marks, even where
a folder's name has blanks; one that somebody wrote into it ends the command too early, and its rest is taken for a
command or a word that nobody expects.

## What to do
Take the quotation marks out of PATH, in a terminal for a try, then where Windows keeps it.

## References
- https://learn.microsoft.com/windows-server/administration/windows-commands/path
- https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_LIST = r"(?:[A-Za-z]:\\[^'\";\n]{0,200};[A-Za-z]:\\[^'\"\n]{0,2000}|\.COM;\.EXE;[.;\w]{0,100})"
# what follows `(x86)` or the quotation mark; other words are a batch file's own mistakes
_REST = r"\\[\w.+-]{1,40}(?:[\\ ][\w.+-]{1,40}){0,5}"
SIGNATURES = (
    _shell.not_recognized(_LIST),
    r"ObjectNotFound: \([A-Za-z]:\\[^)\n]{0,200};[A-Za-z]:\\[^)\n]{0,200}:String\)",
    rf"^\W{{0,4}}{_REST}.{{0,200}} was unexpected at this time",
    rf"此时不应有 {_REST}",
)


def remedies() -> tuple[Action, ...]:
    settings = "System > About > Advanced system settings > Environment Variables"
    return (
        Advice(title="Look whether a quotation mark stands in PATH: `echo %PATH%` in cmd, `$env:Path` in PowerShell"),
        Advice(title=f"Take quotation marks out of PATH under Settings > {settings}, and open a new terminal"),
    )

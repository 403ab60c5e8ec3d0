"""Git is missing, with which packages are fetched.

## Why it matters
A requirement that begins with `git+https://`, and many programs when they start, fetch their sources with Git. It comes
with neither Python nor Windows.

## What to do
Install Git, and open a new terminal, so that it is found.

## References
- https://git-scm.com/downloads
- https://pip.pypa.io/en/stable/topics/vcs-support/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, SystemPackage
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Cannot find command 'git' - do you have 'git' installed",
    r"Git executable not found|Bad git executable",
    rf"\bgit: command not found|{_shell.not_recognized(r'git(?:[.]exe)?')}",
    r"No such file or directory: '?git'?(?![\w/.-])|\bgit: not found\b",
)
NEW = "Open a new terminal afterwards: one that is open keeps the old PATH"


def remedies() -> tuple[Action, ...]:
    return SystemPackage(name="git"), Advice(title=NEW)

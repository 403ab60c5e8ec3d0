"""Windows' own commands are not found: PATH has lost the system's folders.

## Why it matters
Installers, `conda activate` and start scripts call small programs of Windows. They lie in System32, which an editor or
an installer has dropped from PATH; what calls them then fails in ways that look like faults of Python or conda.

## What to do
Put the system's folders back into PATH, and open a new terminal.

## References
- https://learn.microsoft.com/windows-server/administration/windows-commands/path
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_COMMANDS = (
    r"(?:findstr|where|reg|chcp|xcopy|robocopy|tasklist|taskkill|timeout|choice|powershell|cmd|setx|attrib|icacls"
    r"|doskey)(?:\.exe|\.com)?"
)
# as people tell it; the others are English words as well
_TOLD = r"(?:cmd|chcp|findstr|xcopy|robocopy|tasklist|taskkill|setx|icacls|powershell)(?:\.exe|\.com)?['\"]?(?: -)?"
SIGNATURES = (_shell.not_recognized(_COMMANDS), _shell.told(_TOLD))
BACK = (
    r"Add C:\Windows\System32, C:\Windows and C:\Windows\System32\WindowsPowerShell\v1.0 to the system variable Path"
    " (Settings > System > About > Advanced system settings > Environment Variables), and open a new terminal"
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title=BACK),)

"""The wheel file is for another system or Python.

## Why it matters
The file name of a wheel says what it is for (`cp310-cp310-win_amd64`). pip rejects a file that is not for the
interpreter that runs it, and a renamed file.

## What to do
Use the wheel whose tags match; `pip debug --verbose` lists the tags of this interpreter.

## References
- https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, AskPip

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\.whl is not a supported wheel on this platform",
    r"is not (?:a supported wheel|compatible with (?:this Python|the current platform))",
    r"The wheel filename \S{1,200} is (?:invalid|not compatible)|Invalid wheel filename|is not a valid wheel filename",
    r"The wheel is compatible with .{1,60}, but you're (?:using|on) ",
    r"A (?:path|URL) dependency is incompatible with the current platform",
    r"(?:mach-o file, but is an incompatible architecture|wrong architecture)",
    r"have 'x86_64', need 'arm64|have 'arm64', need 'x86_64|have \(?x86_64\)?, need \(?arm64",
    r"wrong ELF class: ELFCLASS(?:32|64)|cannot execute binary file: Exec format error",
)


def remedies() -> tuple[Action, ...]:
    return (AskPip(words=("debug", "--verbose"), title="List the wheel tags of this interpreter"),)

"""A path is longer than Windows allows (260 characters).

## Why it matters
Source archives of flash-attn and xformers, and the licences in torch's own wheel, have deep folders. Below a long
folder, such as that of the Store's Python, they pass the limit, and the file that cannot be written "does not exist".

## What to do
Put the environment, and TEMP while building, into a short folder. Long paths can be allowed for the whole machine.

## References
- https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"does not have Windows Long Path support enabled",
    r"\[WinError 206\]|\(os error 206\)",
    r"No such file or directory: '[A-Za-z]:[\\/][^'\n]{240,600}'",
    r"failed to create (?:file|directory) `[^`]{0,400}[\\/]licenses[\\/][^`]{0,300}`.{0,60}\(os error 3\)",
    r"(?:unable to create file|error: cannot stat) .{0,400}: Filename too long",
)


def remedies() -> tuple[Action, ...]:
    allow = "Allow long paths (Group Policy: Administrative Templates > System > Filesystem > Enable Win32 long paths)"
    return Advice(title="Make the environment in a short folder, near the root of the drive"), Advice(title=allow)

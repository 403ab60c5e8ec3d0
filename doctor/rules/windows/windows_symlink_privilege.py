"""A program makes symbolic links, and this user of Windows may not.

## Why it matters
Windows allows symbolic links to administrators and, in Developer Mode, to everybody. Old releases of huggingface_hub,
and programs that fetch models or keep a "last" checkpoint, make some.

## What to do
Switch Developer Mode on. Where the program can copy instead of linking, let it: current releases of huggingface_hub do
so by themselves.

## References
- https://learn.microsoft.com/windows/apps/get-started/enable-your-device-for-development
- https://huggingface.co/docs/huggingface_hub/guides/manage-cache#limitations
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"\[WinError 1314\].{0,900}(?:->|[\\/]blobs[\\/])",
    r"\bos\.symlink\(.{0,300}WinError 1314\b",
    r"symbolic link privilege not held",
    r"\[WinError 1314\]",
    r"(?<!')A required privilege is not held by the client",
    r"sym(?:bolic )?link.{0,300}\(os error 1314\)",
)
DEVELOPER = "Switch Developer Mode on (Settings > System > For developers), and start the program again"
COPY = "Or use a newer release of the program, or the option by which it copies files instead of linking them"


def remedies() -> tuple[Action, ...]:
    return Advice(title=DEVELOPER), Advice(title=COPY)

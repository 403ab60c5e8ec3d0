"""Pillow's own DLL fails to load; torch is not the cause.

## Why it matters
torchvision imports Pillow, so the traceback passes through torchvision, but the broken module is Pillow's
`_imaging`.

## What to do
Reinstall Pillow.

## References
- https://pillow.readthedocs.io/en/stable/installation/basic-installation.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"DLL load failed while importing _imaging",
    r"cannot import name '_imaging' from|The _imaging (?:C module|extension)",
    r"(?:PIL[\\/]Image\.py|import _imaging as core).{0,200}DLL load failed"
    r"|_imaging\w*\.(?:pyd|cp\S{1,40}\.so)\b.{0,80}(?:DLL|undefined|cannot)",
)
EXPLAINS = (
    "foreign-extension-dll-load",
    "windows-dll-load-126",
    "windows-dll-load-127",
    "windows-dll-load-193",
    "windows-dll-load-1114",
)


def remedies() -> tuple[Action, ...]:
    return (Install(("pillow",), anew=True),)

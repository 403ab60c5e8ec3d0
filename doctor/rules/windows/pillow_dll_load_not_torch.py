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

from doctor.facts import Python
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"DLL load failed while importing _imaging",
    r"cannot import name '_imaging' from|The _imaging (?:C module|extension)",
    r"(?:PIL[\\/]Image\.py|import _imaging as core).{0,200}DLL load failed"
    r"|_imaging\w*\.(?:pyd|cp\S{1,40}\.so)\b.{0,80}(?:DLL|undefined|cannot)",
    r"cannot import name 'PILLOW_VERSION' from 'PIL'",
    r"module 'PIL\.Image' has no attribute '(?:ANTIALIAS|LINEAR|Resampling)'",
)
EXPLAINS = ("windows-dll-load-126", "windows-dll-load-127", "windows-dll-load-193", "windows-dll-load-1114")


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    command = install(python, "--force-reinstall", "--no-deps", "pillow")
    return (Remedy("Install Pillow afresh", (command,), writes=environment_of(python)),)

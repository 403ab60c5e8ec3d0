"""This macOS is older than PyTorch's MPS backend needs.

## Why it matters
Each release needs a minimum macOS for the Apple GPU: 12.3 up to torch 2.4, 13 from 2.5, 14 from 2.9, 15 from 2.15. On
an older one `torch.backends.mps.is_available()` is False; the error text may name a lower version than what is really
needed.

## What to do
Update macOS, or install an older release of torch.

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Apple, Cpu, Host, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch, UpdateMacos
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "macOS {macos} is too old for the MPS backend of torch {torch}, which needs {needed}"
SIGNATURES = (
    r"(?i)The MPS backend is supported on MacOS (?P<needed>1\d(?:\.\d)?)\+",
    r"MPS not available because the current MacOS version is not (?P<needed>1\d\.\d)\+",
)
EXPLAINS = ("mps-unavailable-other",)


def check(
    torch: Torch,
    host: Host | None,
    apple: Apple | None,
    cpu: Cpu | None,
    python: Python | None,
    runtime: Runtime | None,
) -> Answer:
    if host and host.os not in (None, "macos"):
        return not_there("host.os", host.os)
    if runtime and runtime.mps_available:
        return not_there("runtime.mps_available", True)
    version, needed = _mac.macos(host, apple), _mac.minimum_macos(torch)
    if not version or not needed:
        return cannot_tell("torch.version" if version else "host.distribution_version")
    if not Version.of(version).older_than(needed):
        return not_there("host.distribution_version", version, needed)
    chip = _mac.silicon(host, apple, cpu)
    if chip is not True or _mac.translated(host, python, chip):
        return cannot_tell("apple.chip")
    evidence = seen("host.distribution_version", version, f"{needed} or later")
    return there(evidence, macos=version, torch=torch.version, needed=needed)


def remedies() -> tuple[Action, ...]:
    return (FittingTorch(accelerator="mps"), UpdateMacos())

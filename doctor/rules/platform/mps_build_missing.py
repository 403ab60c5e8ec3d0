"""This PyTorch build has no MPS, though the Mac has an Apple GPU.

## Why it matters
Some builds for macOS (older than 1.12, for Intel, or from other sources) leave the MPS backend or its operators
out.

## What to do
Install a current arm64 build from PyPI.

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor.facts import Apple, Cpu, Host, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} is built without MPS, though this Mac has {chip}"
SIGNATURES = (
    r"not linked with support for mps devices",
    r"MPS not available because the current PyTorch install was not built with MPS enabled",
    r"(?i)torch (?:is |was )?not (?:compiled|built|linked) with (?:support for )?MPS",
    r"MPS backend was selected in PyTorch without support",
    r"Could not run 'aten::empty\w*(?:\.\w+)?' with arguments from the 'MPS' backend",
    r"module 'torch(?:\.backends)?' has no attribute 'mps'",
    r"Expected one of cpu, cuda,.{0,200}device type at start of device string: mps",
    r"The operator 'aten::\w+(?:\.\w+)?' is not currently (?:implemented|supported) (?:for|on) the MPS",
)
EXPLAINS = ("mps-unavailable-other",)


def check(
    runtime: Runtime,
    host: Host | None,
    apple: Apple | None,
    cpu: Cpu | None,
    torch: Torch | None,
    python: Python | None,
) -> Answer | None:
    chip = _mac.silicon(host, apple, cpu)
    if runtime.mps_built is not False or chip is not True or not _mac.macos(host, apple):
        return None
    if _mac.translated(host, python, chip):
        return None
    name = (apple.chip if apple else None) or "an Apple chip"
    return there(seen("runtime.mps_built", "False", "True"), torch=torch.version if torch else "", chip=name)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    command = install(python, "--upgrade", "--force-reinstall", "torch", "torchvision")
    return (Remedy("Install the current build", (command,), writes=environment_of(python)),)

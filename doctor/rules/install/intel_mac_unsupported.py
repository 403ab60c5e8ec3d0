"""There are no newer torch wheels for Macs with Intel processors.

## Why it matters
torch 2.2.2 was the last release with wheels for macOS x86_64, for Python up to 3.12. pip finds nothing newer.

## What to do
Use torch 2.2.2 with Python 3.8 to 3.12 and `numpy<2`, conda-forge's builds, or another machine.

## References
- https://github.com/pytorch/pytorch/issues/114602
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Host, Python, Torch
from doctor.model import Reading, Remedy, Risk, Severity
from doctor.rules._pip import install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "there is no torch for macOS on Intel with Python {python}; the last one is 2.2.2, for Python up to 3.12"
LAST = "the last torch for macOS on Intel is 2.2.2"
SIGNATURES = (
    r"requirement torch\S{0,40}(?:==|>=|~=|>)2\.(?:[3-9]|\d\d)\S{0,40}.{0,20}\(from versions: [^)]{0,900}\b2\.2\.2\)",
    r"You're on macOS \(`macosx_\d+_\d+_x86_64`\)",
    r"macosx_\d+_\d+_x86_64.{0,200}(?:torch|no wheels|not a supported)",
    r"(?:Intel|x86_64) (?:Macs?|macOS) .{0,60}(?:not|no longer|deprecated).{0,40}(?:support|PyTorch|torch)?",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "python-version-unsupported")


def check(host: Host, python: Python, torch: Reading[Torch]) -> Answer | None:
    machine = python.machine or host.architecture
    installed = torch.value is not None and torch.value.version != ""
    # under Rosetta the machine is Apple silicon: another rule
    if host.os != "macos" or machine != "x86_64" or host.rosetta or installed or not torch.looked:
        return None
    evidence = seen("host.architecture", "macOS x86_64", "Apple silicon, or torch 2.2.2")
    if _newer_than_312(python.version):
        return there(evidence, python=python.version)
    return there(evidence, message=LAST, severity=Severity.WARNING)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    if python is not None and _newer_than_312(python.version):
        make = ("uv", "venv", "--python", "3.12", ".venv")
        return (Remedy("Make an environment with Python 3.12", (make,), Risk.MANUAL, (".venv",)),)
    last = install(python, "torch==2.2.2", "torchvision==0.17.2", "numpy<2")
    return (Remedy("Install the last release for Intel Macs", (last,)),)


def _newer_than_312(version: str | None) -> bool:
    return Version.of(version).cut(2) > (3, 12)

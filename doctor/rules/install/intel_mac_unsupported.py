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
from doctor.facts import Apple, Cpu, ErrorText, Host, Python, Torch
from doctor.model import Reading, Severity
from doctor.remedy.actions import Action, FittingTorch, NewEnvironment
from doctor.rules import _nvidia
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "There is no torch for macOS on Intel with Python {python}; the last one was 2.2.2, for Python up to 3.12"
LAST = "The last torch for macOS on Intel was 2.2.2"
SIGNATURES = (
    r"requirement torch\S{0,40}(?:==|>=|~=|>)2\.(?:[3-9]|\d\d)\S{0,40}.{0,20}\(from versions: [^)]{0,900}\b2\.2\.2\)",
    r"\bIntel\b.{0,200}\(from versions: [^)]{0,900}\b2\.2\.2\)",
    r"You're on macOS \(`macosx_\d+_\d+_x86_64`\)",
    r"^(?!.{0,60}Skipping link).{0,200}macosx_\d+_\d+_x86_64.{0,200}(?:torch|no wheels|not a supported)",
    r"(?:Intel|x86_64) (?:Macs?|macOS) .{0,60}(?:not|no longer|deprecated).{0,40}(?:support|PyTorch|torch)?",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "python-version-unsupported", "wrong-index-or-platform")
_TOO_NEW = (
    r"torch==2\.(?:[3-9]|\d\d)\S* .{0,80}can't be installed because it doesn't have .{0,40}current platform",
    r"Unable to find (?:installation )?candidates for torch \(2\.(?:[3-9]|\d\d)",
)
_LAST_PYTHON = Version((3, 12))


def check(
    host: Host,
    python: Python | None,
    torch: Reading[Torch],
    error: ErrorText | None,
    apple: Apple | None,
    cpu: Cpu | None,
) -> Answer:
    machine = (python.machine if python else None) or host.architecture
    if host.os is None or machine is None:
        return cannot_tell("host.os" if host.os is None else "host.architecture")
    # under Rosetta the machine is Apple silicon: another rule
    if host.os != "macos" or machine != "x86_64" or host.rosetta or _mac.silicon(host, apple, cpu):
        other = "with Rosetta" if host.os == "macos" and machine == "x86_64" else machine
        return not_there("host.architecture", f"{host.os} {other}")
    refused = bool(_nvidia.matching_line(_TOO_NEW, None, None, error))
    if not (torch.looked or refused) or (torch.value is not None and torch.value.version != ""):
        return cannot_tell("error.text")
    evidence = seen("host.architecture", "macOS x86_64", "Apple silicon, or torch 2.2.2")
    if python and _too_new(python):
        return there(evidence, python=python.version)
    return there(evidence, message=LAST, severity=Severity.ERROR if refused else Severity.WARNING)


def remedies(python: Python | None) -> tuple[Action, ...]:
    return (NewEnvironment(python=str(_LAST_PYTHON)) if python and _too_new(python) else FittingTorch(),)


def _too_new(python: Python) -> bool:
    return Version.of(python.version).cut(2) > _LAST_PYTHON

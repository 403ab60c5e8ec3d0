"""This macOS is older than PyTorch's MPS backend needs.

## Why it matters
Each release needs a macOS of its time for the Apple GPU: 12.3 up to torch 2.4, 13 from 2.5, 14 from 2.9, 15 from
2.15. Below that `torch.backends.mps.is_available()` is False; the error text may name a lower version than is
really needed.

## What to do
Update macOS, or install an older release.

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import Apple, Cpu, Host, Python, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "macOS {macos} is too old for the MPS backend of torch {torch}, which needs {needed}"
SIGNATURES = (
    r"(?i)The MPS backend is supported on MacOS (?P<needed>1\d(?:\.\d)?)\+",
    r"MPS not available because the current MacOS version is not (?P<needed>1\d\.\d)\+",
    r"(?i)MPS (?:backend )?requires macOS (?P<needed>1\d(?:\.\d)?)",
)
EXPLAINS = ("mps-unavailable-other",)


def check(
    torch: Torch,
    host: Host | None,
    apple: Apple | None,
    cpu: Cpu | None,
    python: Python | None,
    runtime: Runtime | None,
) -> Answer | None:
    version, needed = _mac.macos(host, apple), _mac.minimum_macos(torch)
    chip = _mac.silicon(host, apple, cpu)
    if not version or not needed or chip is not True or (runtime and runtime.mps_available):
        return None
    if not Version.of(version).older_than(needed) or _mac.translated(host, python, chip):
        return None
    return there(
        seen("host.distribution_version", version, f"{needed} or later"),
        macos=version,
        torch=torch.version,
        needed=needed,
    )


def remedies(host: Host | None, apple: Apple | None, python: Python | None) -> tuple[Remedy, ...]:
    update = Remedy("Update macOS", (("softwareupdate", "--list"),), Risk.MANUAL)
    version = _mac.macos(host, apple) or ""
    fits = [r.torch for r in catalog.all_releases() if r.mps_macos and not Version.of(version).older_than(r.mps_macos)]
    if not fits or not version:
        return (update,)
    vision, _ = catalog.companion(fits[0])
    pair = (f"torch=={fits[0]}", *((f"torchvision=={vision}",) if vision else ()))
    return (
        update,
        Remedy("Or install the last release for this macOS", (install(python, *pair),), writes=environment_of(python)),
    )

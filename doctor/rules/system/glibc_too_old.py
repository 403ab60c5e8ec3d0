"""The system's C library is older than torch, or a library beside it, was built for.

## Why it matters
A wheel is built against a minimum glibc: 2.17 up to torch 2.6 on x86_64, 2.28 from 2.7 (aarch64: from 2.6). glibc is
part of the operating system and cannot be upgraded alone.

## What to do
Use a newer system or a container with one, or an older torch.

## References
- https://peps.python.org/pep-0600/
- https://github.com/pytorch/pytorch/issues/123649 (the move to manylinux 2.28)
"""

from __future__ import annotations

from doctor.catalog import Version, all_releases, floors, published
from doctor.facts import Host, Runtime, Torch
from doctor.model import Reading, Severity, Status
from doctor.remedy.actions import Action, Advice, FittingTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} needs glibc {needed}, but this system has {glibc}"
NEWEST = "Current torch needs glibc {needed}, but this system has {glibc}"
SIGNATURES = (
    r"lib(?:c|m|pthread|rt|dl|mvec)(?:-[\d.]+)?\.so\.\d+: version [`'\"]?GLIBC_2\.\d+(?:\.\d+)?['\"]? not found",
    r"version [`'\"]?GLIBC_2\.\d+(?:\.\d+)?['\"]? not found",
    r"\b__glibc(?:\[version=')? ?>=2\.\d",
    r"You're on Linux \(`manylinux_2_(?:1\d|2[0-7])_",
)
EXPLAINS = ("torch-not-importable", "torch-not-installed")


def check(host: Host, torch: Reading[Torch], runtime: Runtime | None) -> Answer:
    if host.libc is not None and host.libc != "glibc":
        return not_there("host.libc", host.libc or host.os)
    here = Version.of(host.libc_version)
    if host.libc is None or not here:
        return cannot_tell("host.libc_version")
    known = torch.value or Torch()
    version = known.version or ""
    if not version:
        return _none_installed(host, here, told=known.version == "" or torch.status is not Status.SKIPPED)
    built = published(version) if known.installer != "conda" else Version()
    needed = floors.glibc(built, f"linux-{host.architecture}") if built else ""
    if not here.older_than(needed) or (runtime and runtime.imported):
        return cannot_tell("error.text")  # a library beside torch may ask for more
    evidence = seen("host.libc_version", host.libc_version, needed)
    return there(evidence, torch=version, needed=needed, glibc=host.libc_version)


def _none_installed(host: Host, here: Version, *, told: bool) -> Answer:
    """Of a torch that nobody told of (not `told`), an older one may be there and work."""
    ends = all_releases()[0], all_releases()[-1]
    newest, oldest = (floors.glibc(Version.of(row.torch), "linux-x86_64") for row in ends)
    if not here.older_than(newest):
        return cannot_tell("error.text")
    severity = Severity.ERROR if here.older_than(oldest) else Severity.WARNING if told else Severity.INFO
    evidence = seen("host.libc_version", host.libc_version, newest)
    return there(evidence, message=NEWEST, needed=newest, glibc=host.libc_version, severity=severity)


def remedies() -> tuple[Action, ...]:
    return FittingTorch(), Advice(title="Run it in a container with a newer system, which has its own glibc")

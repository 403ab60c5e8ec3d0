"""The system's C library is older than torch was built for.

## Why it matters
A wheel is built against a minimum glibc: 2.17 up to torch 2.6 on x86_64, 2.28 from 2.7 (aarch64: from 2.6). glibc
is part of the operating system and cannot be upgraded alone.

## What to do
Use a newer system or a container, or an older torch.

## References
- https://peps.python.org/pep-0600/
- https://github.com/pytorch/pytorch/issues/123649 (the move to manylinux 2.28)
"""

from __future__ import annotations

from doctor.catalog import Version, all_releases, floors, published
from doctor.facts import Host, Python, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} needs glibc {needed}, this system has {glibc}"
NEWEST = "current torch needs glibc {needed}, this system has {glibc}: torch 2.6.0 is the newest that installs"
SIGNATURES = (
    r"lib(?:c|m|pthread|rt|dl|mvec)(?:-[\d.]+)?\.so\.\d+: version [`'\"]?GLIBC_2\.\d+(?:\.\d+)?['\"]? not found",
    r"version [`'\"]?GLIBC_2\.\d+(?:\.\d+)?['\"]? not found",
    r"You're on Linux \(`manylinux_2_(?:1\d|2[0-7])_",
)
EXPLAINS = ("torch-not-importable", "torch-not-installed")


def check(host: Host, torch: Torch | None, runtime: Runtime | None) -> Answer | None:
    here = Version.of(host.libc_version)
    if host.libc != "glibc" or not here or (runtime and runtime.imported):
        return None
    version = torch.version if torch else ""
    if not version:
        return _none_installed(host, here)
    built = published(version)
    needed = floors.glibc(built, f"linux-{host.architecture}") if built else ""
    if not here.older_than(needed) or (torch and torch.installer == "conda"):
        return None
    evidence = seen("host.libc_version", host.libc_version, needed)
    return there(evidence, torch=version, needed=needed, glibc=host.libc_version)


def remedies(host: Host | None, python: Python | None) -> tuple[Remedy, ...]:
    here = Version.of(host.libc_version) if host else None
    if here is None or here < (2, 17) or (host and host.architecture != "x86_64"):
        return (Remedy("Run in a container of a newer system", (), risk=Risk.MANUAL),)
    older = install(python, "torch==2.6.0", "torchvision==0.21.0")
    return (Remedy("Install the newest torch for this glibc", (older,)),)


def _none_installed(host: Host, here: Version) -> Answer | None:
    ends = all_releases()[0], all_releases()[-1]
    newest, oldest = (floors.glibc(Version.of(row.torch), "linux-x86_64") for row in ends)
    if not here.older_than(newest):
        return None
    severity = Severity.ERROR if here.older_than(oldest) else Severity.WARNING
    evidence = seen("host.libc_version", host.libc_version, newest)
    return there(evidence, message=NEWEST, needed=newest, glibc=host.libc_version, severity=severity)

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

from doctor.facts import Host, Python, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules._pip import install
from doctor.rules.api import Answer, seen, there
from doctor.rules.packages._versions import base

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
    here = _version(host.libc_version)
    if host.libc != "glibc" or here is None or (runtime and runtime.imported):
        return None
    version = torch.version if torch else ""
    if not version:
        return _none_installed(host, here)
    needed = _needed(base(version), host.architecture)
    if needed is None or here >= needed or (torch and torch.installer == "conda"):
        return None
    text = f"{needed[0]}.{needed[1]}"
    evidence = seen("host.libc_version", host.libc_version, text)
    return there(evidence, torch=version, needed=text, glibc=host.libc_version)


def remedies(host: Host | None, python: Python | None) -> tuple[Remedy, ...]:
    here = _version(host.libc_version) if host else None
    if here is None or here < (2, 17) or (host and host.architecture != "x86_64"):
        return (Remedy("Run in a container of a newer system", (), risk=Risk.MANUAL),)
    older = install(python, "torch==2.6.0", "torchvision==0.21.0")
    return (Remedy("Install the newest torch for this glibc", (older,)),)


def _none_installed(host: Host, here: tuple[int, int]) -> Answer | None:
    if here >= (2, 28):
        return None
    severity = Severity.ERROR if here < (2, 17) else Severity.WARNING
    evidence = seen("host.libc_version", host.libc_version, "2.28")
    return there(evidence, message=NEWEST, needed="2.28", glibc=host.libc_version, severity=severity)


def _needed(torch: tuple[int, int, int] | None, architecture: str | None) -> tuple[int, int] | None:
    if torch is None or architecture not in ("x86_64", "aarch64"):
        return None
    first = (2, 7, 0) if architecture == "x86_64" else (2, 6, 0)
    return (2, 28) if torch >= first else (2, 17)


def _version(text: str | None) -> tuple[int, int] | None:
    parts = (text or "").split(".")
    return (int(parts[0]), int(parts[1])) if len(parts) > 1 and all(p.isdigit() for p in parts[:2]) else None

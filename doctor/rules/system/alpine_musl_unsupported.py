"""The system uses musl; PyTorch's wheels need glibc.

## Why it matters
Alpine Linux and others use the C library musl. There are no torch wheels for it, and glibc wheels cannot be loaded.

## What to do
Use an image based on Debian, Ubuntu or another glibc system.

## References
- https://github.com/pytorch/pytorch/issues/12450
- https://peps.python.org/pep-0656/
"""

from __future__ import annotations

from doctor.facts import Host, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{system} uses the C library musl, but PyTorch is only built for glibc"
SIGNATURES = (
    r"Error relocating .{1,200}: .{1,80}: symbol not found",
    r"Error loading shared library \S{1,80}: No such file or directory",
    r"musllinux_\d|only has wheels for .{0,200}manylinux.{0,200}musl|You're on Linux \(`musllinux",
    r"(?i)\bFROM (?:\S{0,60}python:\S{0,30}-)?alpine|\balpine\b.{0,80}\btorch\b|\btorch\b.{0,80}\balpine\b",
)
EXPLAINS = ("torch-not-importable", "torch-not-installed", "glibc-too-old", "wrong-index-or-platform")


def check(host: Host, runtime: Runtime | None) -> Answer:
    if host.libc is None:
        return cannot_tell("host.libc")
    if host.libc != "musl":
        return not_there("host.libc", host.libc or host.os)
    if runtime and runtime.imported:
        return cannot_tell("error.text")  # a build of one's own
    return there(seen("host.libc", "musl", "glibc"), system=_named(host))


def _named(host: Host) -> str:
    return host.distribution if host.distribution not in (None, "", "Linux") else "This system"


def remedies() -> tuple[Action, ...]:
    return (Advice(title="Use a system or an image with glibc, such as Debian's python:3.12-slim"),)

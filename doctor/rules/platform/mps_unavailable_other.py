"""PyTorch was built with MPS, but the Apple GPU cannot be used here.

## Why it matters
Metal provides no device in most virtual machines, in some sandboxes and remote sessions, and on Intel Macs without a
supported GPU. PyTorch then runs on the CPU.

## What to do
Run outside the virtual machine or sandbox; on an Intel Mac use the CPU.

## References
- https://docs.pytorch.org/docs/stable/notes/mps.html
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Apple, Cpu, Host, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "The Apple GPU cannot be used: {why}"
SIGNATURES = (
    r"MPS backend is (?:unavailable: no supported Metal|only supported on devices with)"
    r"|Failed to (?:create Metal|get MPS) device",
    r"(?i)MPS (?:backend )?is not available\b|\bMPS is unavailable",
    r"mps\.is_available\(\).{0,20}False.{0,80}is_built.{0,20}True|is_built.{0,30}True.{0,80}mps\.is_available\(\).{0,20}False",
    r"MPS device requested but (?:it is )?not available|MPSAccelerator`? can ?not run on your system",
    r"MTLCreateSystemDefaultDevice.{0,30}(?:nil|null)",
    r"MPS allocated: 0 bytes, other allocations: 0 bytes",  # a virtual machine whose GPU has no memory
    r"User provided device_type of 'mps', but MPS is not available",
    # the least that torch names is not the least it needs; where the macOS is new enough, this is what is left
    r"(?i)The MPS backend is supported on MacOS 1\d",
)


OUTSIDE = "Try it in a terminal on the Mac itself, outside any virtual machine, sandbox or remote session"


def check(
    runtime: Runtime,
    host: Host | None,
    apple: Apple | None,
    cpu: Cpu | None,
    torch: Torch | None,
    python: Python | None,
) -> Answer:
    if host and host.os not in (None, "macos"):
        return not_there("host.os", host.os)
    if runtime.mps_available or runtime.mps_built is False:
        return not_there("runtime.mps_available", runtime.mps_available)
    if runtime.mps_built is None or runtime.mps_available is None:
        return cannot_tell("runtime.mps_available")
    chip = _mac.silicon(host, apple, cpu)
    if _mac.translated(host, python, chip):
        return not_there("python.machine", "x86_64", "arm64")
    version, needed = _mac.macos(host, apple), _mac.minimum_macos(torch) if torch else ""
    if Version.of(version).older_than(needed):
        return not_there("host.distribution_version", version, needed)
    evidence = seen("runtime.mps_available", "False", "True")
    if (apple and apple.in_virtual_machine) or (host and host.virtual_machine):
        return there(evidence, severity=Severity.WARNING, why="this is a virtual machine")
    if chip is False:
        return there(evidence, severity=Severity.INFO, why="this Intel Mac has no GPU that MPS supports")
    if not version:
        return cannot_tell("host.distribution_version")
    return there(evidence, why="Metal provides no device; a sandbox or remote session may prevent it")


def remedies() -> tuple[Action, ...]:
    return (Advice(title=OUTSIDE),)

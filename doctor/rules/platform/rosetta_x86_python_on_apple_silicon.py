"""A Python or a package for Intel (x86_64) is used on an Apple chip.

## Why it matters
Such a Python runs under Rosetta: it gets wheels for Intel Macs, which ended with torch 2.2.2, are slow, and have no
MPS. It comes from Intel Homebrew, an old Anaconda, or a terminal opened "using Rosetta".

## What to do
Install an arm64 Python (Miniforge, python.org, arm64 Homebrew, uv) and create a new environment with it.

## References
- https://support.apple.com/102527
"""

from __future__ import annotations

from doctor.facts import Apple, Cpu, Host, Python
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.platform import _mac

SEVERITY = Severity.ERROR
MESSAGE = "This Python is for Intel (x86_64) and is translated by Rosetta on {chip}"
SIGNATURES = (
    r"mach-o(?: file)?,? but is an incompatible architecture \(have '?(?:arm64|x86_64)'?, need '?(?:x86_64|arm64)",
    r"(?i)incompatible architecture \(have .{0,20}need '?(?:x86_64|arm64e?)",
    r"mach-o,? but wrong architecture|Cannot install in Homebrew on ARM processor in Intel default prefix",
    r"\bM[1-5]\b.{0,80}platform\.machine\(\).{0,40}x86_64",
    r"\bM[1-5](?: Pro| Max| Ultra)?\b.{0,40}\b(?:reports?|says|shows|gives|returns|is)\b.{0,30}\b(?:i386|x86_64)\b",
    r"bad CPU type in executable: \S{0,200}(?:python|conda|pip)",
)
EXPLAINS = (
    "wrong-wheel-for-platform",
    "intel-mac-unsupported",
    "wrong-index-or-platform",
    "python-version-unsupported",
    "mps-unavailable-other",
    "mps-build-missing",
    "mps-macos-too-old",
    "mps-op-needs-newer-macos",
    "illegal-instruction-cpu",
    "extension-abi-mismatch",
    "local-torch-shadow-or-broken-import",
)


NATIVE = "Install an arm64 Python (python.org, Miniforge, uv or arm64 Homebrew) and create a new environment with it"


def check(host: Host, python: Python | None, apple: Apple | None, cpu: Cpu | None) -> Answer:
    if host.os not in (None, "macos"):
        return not_there("host.os", host.os)
    silicon = _mac.silicon(host, apple, cpu)
    if not _mac.translated(host, python, silicon):
        known = silicon is False and (apple or cpu)
        return not_there("apple.chip", "Intel") if known else cannot_tell("python.machine")
    chip = (apple.chip if apple else None) or (cpu.model if cpu and "Apple" in (cpu.model or "") else None)
    return there(seen("python.machine", "x86_64", "arm64"), chip=chip or "an Apple chip")


def remedies() -> tuple[Action, ...]:
    return (Advice(title=NATIVE),)

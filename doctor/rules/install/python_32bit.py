"""This Python is a 32-bit program.

## Why it matters
There are no 32-bit builds of PyTorch. pip finds nothing and says "no matching distribution", or a DLL is rejected.

## What to do
Install a 64-bit Python and create the environment with it.

## References
- https://docs.python.org/3/using/windows.html
"""

from __future__ import annotations

from doctor.facts import Host, Python, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.install import _pythons

SEVERITY = Severity.ERROR
MESSAGE = "{python} is a {bits}-bit Python; PyTorch exists only for 64 bits"
UNLESS = (r"\[(?:WinError (?:5|32)|Errno 13)\]",)  # a folder's name in what has another cause
SIGNATURES = (
    r"\b32[- ]bit (?:runtime|Python|version of Python)",
    r"You're on Windows \(`win32`\)",
    r"Python \d\.\d+\.\d+ .{0,100}\[MSC v\.\d+ 32 bit \(Intel\)\]",
    r"'32bit', 'WindowsPE'|[\\/][Pp]ython3\d{1,2}-32[\\/]|\bcp3\d{1,2}-win32\b",
    r"[Pp]ython.{0,20}32 ?位|32 ?位.{0,10}[Pp]ython|\barmv7l\b.{0,80}\btorch\b",
)
EXPLAINS = (
    "torch-not-installed",
    "torch-not-importable",
    "windows-dll-load-193",
    "wrong-index-or-platform",
    "wrong-wheel-for-platform",
    "python-version-unsupported",
)
_OF_32_BITS = ("i386", "i586", "i686", "x86", "armv6l", "armv7l")


def check(python: Python | None, host: Host | None, runtime: Runtime | None) -> Answer:
    if host and host.architecture in _OF_32_BITS and not (python and python.bits):
        return there(seen("host.architecture", host.architecture, "64 bits"), python="This", bits=32)
    if python is None or python.bits is None:
        return cannot_tell("python.bits")
    if python.bits >= 64 or (runtime and runtime.imported):
        return not_there("python.bits", python.bits)
    return there(seen("python.bits", python.bits, 64), python=python.executable or "This", bits=python.bits)


def remedies(host: Host | None) -> tuple[Action, ...]:
    if host and host.architecture in _OF_32_BITS:
        return (Advice(title="Use a 64-bit system: this one only runs 32-bit programs"),)
    return (NewEnvironment(python=_pythons.usual(), title="Create an environment with a 64-bit Python"),)

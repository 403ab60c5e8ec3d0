"""Microsoft's compiler is there, but its environment is not set up in this window.

## Why it matters
cl.exe, its headers and the libraries of the Windows SDK are found through PATH, INCLUDE and LIB. Only a developer
prompt of Visual Studio (or `vcvars64.bat`) sets them; an ordinary window does not.

## What to do
Start from the developer prompt. PyTorch builds extensions there only with DISTUTILS_USE_SDK set. If the header or the
library is missing there, too, the Windows SDK is not installed: add it in the Visual Studio Installer.

## References
- https://learn.microsoft.com/cpp/build/building-on-the-command-line
- https://docs.pytorch.org/docs/stable/notes/windows.html
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
_HEADERS = (
    r"(?:std(?:io|lib|def|int|arg|bool)|string|math|limits|float|errno|assert|ctype|time|io|malloc|memory|inttypes"
    r"|crtdefs|corecrt|vcruntime|sal|yvals|excpt|basetsd|winapifamily|windows|winsock2"
    r"|complex|xkeycheck|yvals_core)\.h|c(?:std(?:io|lib|def|int|arg)|string|math|limits|assert|time)"
    r"|algorithm|array|atomic|chrono|complex|deque|exception|functional|initializer_list|iostream|limits|list|map"
    r"|memory|mutex|new|numeric|set|sstream|stdexcept|string|thread|tuple|type_traits|unordered_(?:map|set)|utility|vector"
)
_LIBRARIES = (
    r"kernel32|user32|advapi32|ole32|shell32|uuid|ucrtd?|(?:libu|u)crt|msvcrtd?|msvcprtd?|libcmtd?|libcpmtd?|vcruntimed?"
    r"|oldnames"
)
SIGNATURES = (
    rf"\bC1083\b.{{0,80}}['\"](?:{_HEADERS})['\"]",
    rf"(?i)\bLNK1104\b.{{0,80}}['\"](?:{_LIBRARIES})\.lib['\"]",
    r"\bLNK1158\b.{0,40}['\"]rc\.exe['\"]",
    r"win[-_]amd64.{0,400}\bHost[xX]86\\{1,2}x86\\{1,2}(?:cl|link)\.exe",  # the compiler for 32 bits
    r"VC environment is activated but DISTUTILS_USE_SDK is not set",
    r"nvcc fatal\s{1,4}: (?:Cannot find compiler 'cl\.exe' in PATH"
    r"|Could not set up the environment for Microsoft Visual Studio)",
    _shell.not_recognized(r"cl(?:\.exe)?"),
)
EXPLAINS = ("no-cpp-compiler-for-inductor", "not-environment-pytorch-bug")
CANDIDATES = {
    "msvc-environment-not-loaded": "the Start menu has an x64 Native Tools Command Prompt, and it works in there",
    "msvc-build-tools-missing": "the Start menu has no such prompt, or the same file is missing in there",
}
PROMPT = (
    "Repeat the command in the x64 Native Tools Command Prompt for VS (Start menu), with the environment activated; for"
    " an extension of PyTorch, type `set DISTUTILS_USE_SDK=1` there first"
)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    if error and "DISTUTILS_USE_SDK is not set" in error.text:
        return (Rerun(set=(("DISTUTILS_USE_SDK", "1"),), title="Let the build use the compiler of this prompt"),)
    return (Advice(title=PROMPT),)

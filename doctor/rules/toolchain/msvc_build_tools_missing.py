"""A package has to be compiled, and Microsoft's C++ compiler is not installed.

## Why it matters
There is no ready wheel of the package for this Python and this system, so pip builds it from source. On Windows that
takes the C++ compiler and the Windows SDK of Visual Studio or of its Build Tools.

## What to do
Look for a ready wheel first: an older or newer release of the package, or a Python that it has wheels for. Otherwise
install the Build Tools with the workload "Desktop development with C++". The Visual C++ Redistributable is no compiler.

## References
- https://wiki.python.org/moin/WindowsCompilers
- https://visualstudio.microsoft.com/visual-cpp-build-tools/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Install, SystemPackage

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Microsoft Visual C\+\+ \d{1,2}\.\d (?:or greater )?is required",
    r"(?i)unable to find vcvarsall\.bat|could not find vcvarsall\.bat",
    r"could not find any instance of Visual Studio|'nmake' '-\?'",  # CMake falls back to nmake
    r"linker `link\.exe` not found|the msvc targets depend on the msvc linker but `link\.exe` was not found",
    r"error: command '(?:[^']{0,200}\\)?(?:cl|link)\.exe' failed: (?:No such file|None)",
    r"\brunning build_ext\s{1,12}error: \[WinError 2\]",
    r"MSVC is required to load C\+\+ extensions",
    r"Command '\['where', 'cl'\]' returned non-zero exit status|check_output\(\['where', 'cl'\]\)",
    r"(?:缺少|没有|需要)(?:安装)? ?Microsoft Visual C\+\+ 1[45]\.\d",
    r"Error checking compiler version for cl: \[WinError 2\]"
    r"|cpp_extension\.py:\d{1,5}\] FileNotFoundError: \[WinError 2\]",
    r"Failed to activate VS environment: Could not find .{0,120}vswhere\.exe",
    r"Unknown compiler\(s\): \[\['?icl'?\], \['?cl'?\]",
    r"Unable to find a compatible Visual Studio installation",
    r"NMake Makefiles\s{1,12}does not support platform specification",
    r"You must use Visual Studio to build a python extension on windows",
    r"cannot access local variable 'cl_path'",  # Triton for Windows looked for it
)
EXPLAINS = ("not-environment-pytorch-bug", "no-cpp-compiler-for-inductor", "ninja-missing")
CANDIDATES = {
    "msvc-build-tools-missing": "the Start menu has no x64 Native Tools Command Prompt",
    "msvc-environment-not-loaded": "the Start menu has an x64 Native Tools Command Prompt, and cl runs in it",
}
WHEEL = "Let pip choose a release that has a ready wheel"
TOOLS = 'Install the Visual Studio Build Tools with the workload "Desktop development with C++"'


def remedies() -> tuple[Action, ...]:
    wheel = Install(requirements=("PACKAGE",), flags=("--only-binary", ":all:"), title=WHEEL)
    return wheel, SystemPackage(name="c++ compiler", title=TOOLS)

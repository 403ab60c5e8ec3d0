"""torch.compile finds no C or C++ compiler.

## Why it matters
torch.compile writes C++ for the CPU and a small C launcher for each Triton kernel, and compiles them on this
machine. Eager mode does not need it.

## What to do
Install a compiler (and Python's headers), or set CXX/CC when it has an unusual name.

## References
- https://docs.pytorch.org/docs/stable/torch.compiler_troubleshooting.html
"""

from __future__ import annotations

from doctor.facts import Host, Toolkits, Torch
from doctor.model import Argv, Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "there is no C++ compiler: torch.compile will not work, everything else will"
SIGNATURES = (
    r"InvalidCxxCompiler|No working C\+\+ compiler found",
    r"Failed to find C compiler\. Please specify via CC",
    r"Compiler: (?:cl|g\+\+|clang\+\+|gcc|cc) is not found",
    r"Error checking compiler version for (?:cl|g\+\+|c\+\+|clang)",
    r"(?:No such file or directory|not found): '?(?:g\+\+|gcc|c\+\+|cc|clang\+\+|cl)'?\s*$",
    r"Microsoft Visual C\+\+ 14\.\d or greater is required",
    r"(?:command|error:) '?(?:x86_64-linux-gnu-)?(?:gcc|g\+\+|cl\.exe)'? (?:failed: No such file|not found)",
    r"fatal error: '?Python\.h'?(?: file not found|: No such file or directory)",
    r"fatal error: '?omp\.h'?(?: file not found|: No such file or directory)",
    r"CppCompileError|C\+\+ compile error",
    r"Ninja is required to load C\+\+ extensions",
    r"unable to find vcvarsall\.bat|CMAKE_CXX_COMPILER|CMAKE_C_COMPILER not set",
)
EXPLAINS = ("not-environment-pytorch-bug",)
_PACKAGES: dict[str, Argv] = {
    "apt": ("sudo", "apt-get", "install", "-y", "g++", "python3-dev"),
    "dnf": ("sudo", "dnf", "install", "-y", "gcc-c++", "python3-devel"),
    "zypper": ("sudo", "zypper", "install", "-y", "gcc-c++", "python3-devel"),
    "pacman": ("sudo", "pacman", "-S", "--noconfirm", "gcc"),
}
_WINDOWS: Argv = ("winget", "install", "--id", "Microsoft.VisualStudio.2022.BuildTools", "--exact")


def check(toolkits: Toolkits, torch: Torch) -> Answer | None:
    if toolkits.compiler != "" or not torch.version:
        return None
    return there(seen("toolkits.compiler", "none", "g++, clang++ or Visual C++"), severity=Severity.INFO)


def remedies(host: Host | None) -> tuple[Remedy, ...]:
    if host is not None and host.os == "windows":
        command = _WINDOWS
    elif host is not None and host.os == "macos":
        command = ("xcode-select", "--install")
    else:
        tools = (host.tools if host else None) or ("apt",)
        command = next((_PACKAGES[tool] for tool in tools if tool in _PACKAGES), _PACKAGES["apt"])
    return (Remedy("Install a compiler", (command,), risk=Risk.ADMIN),)

"""torch.compile finds no C or C++ compiler that it can use.

## Why it matters
torch.compile writes C++ for the CPU and a small C launcher for each Triton kernel, and compiles them on this machine.
Eager mode does not need it.

## What to do
Install a compiler (and Python's headers), or set CXX and CC if it has an unusual name.

## References
- https://docs.pytorch.org/docs/stable/torch.compiler_troubleshooting.html
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Python, Toolkits, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall, SystemPackage
from doctor.rules.api import Answer, cannot_tell, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "There is no C++ compiler: torch.compile does not work, everything else does"
SIGNATURES = (
    r"InvalidCxxCompiler|No working C\+\+ compiler found",
    r"Failed to find C(?:\+\+)? compiler\. Please specify via C",
    r"Compiler: (?:cl|g\+\+|clang\+\+|gcc|cc) is not found",
    r"Error checking compiler version for (?:g\+\+|c\+\+|clang)",
    r"(?:No such file or directory|not found): '?(?:g\+\+|gcc|c\+\+|cc|clang\+\+|cl)'?\s*$",
    r"unable to execute '(?:x86_64-linux-gnu-|aarch64-linux-gnu-)?(?:gcc|g\+\+|cc|c\+\+)': No such file",
    r"(?:command|error:) '?(?:x86_64-linux-gnu-)?(?:gcc|g\+\+)'? (?:failed: No such file|not found)",
    r"(?<!\\n)OpenMP support not found\. Please try one of"  # not where a traceback shows torch's own lines
    r"|fatal error: '?omp\.h'?(?: file not found|: No such file or directory)",
    r"fatal error:? '?(?:stddef|stdio|stdlib|stdint|limits)\.h'?(?: file not found|: No such file)",
    r"\bnvcc fatal\s{0,5}: Failed to (?:preprocess|detect) host compiler properties",
    r"CMAKE_CXX_COMPILER|CMAKE_C_COMPILER not set",
    r"xcrun: error: invalid active developer path",
)
EXPLAINS = ("not-environment-pytorch-bug", "triton-helper-not-compiled", "jit-extension-not-built")
OPENMP = "Install OpenMP for the compiler (libomp of Homebrew, libomp-dev for clang), or let CXX name a g++"
_NO_OPENMP = re.compile(r"OpenMP support not found|\bomp\.h\b")
_BRING_HEADERS = ("conda", "mamba", "pixi", "uv", "pyenv")


def check(toolkits: Toolkits, torch: Torch) -> Answer:
    if toolkits.compiler is None or not torch.version:
        return cannot_tell("toolkits.compiler" if torch.version else "torch.version")
    if toolkits.compiler:
        return cannot_tell("error.text")  # it may be one for C alone, and lack Python's headers
    return there(seen("toolkits.compiler", "none", "g++, clang++ or Visual C++"), severity=Severity.INFO)


def remedies(python: Python | None, error: ErrorText | None) -> tuple[Action, ...]:
    if error and _NO_OPENMP.search(error.text):
        return CondaInstall(specs=("llvm-openmp",), channel="conda-forge"), Advice(title=OPENMP)
    compiler = SystemPackage(name="c++ compiler")
    if python and python.kind in _BRING_HEADERS:
        return (compiler,)
    return compiler, SystemPackage(name="python headers", step=True)

"""The compiler that builds a package has no OpenMP.

## Why it matters
Apple's clang knows no `-fopenmp` and brings no OpenMP runtime, and neither does a bare clang on Linux. Packages and
kernels that are written with OpenMP do not compile with it.

## What to do
Build with a compiler that has OpenMP (LLVM of Homebrew, the compilers of conda-forge, gcc), or install a wheel.

## References
- https://mac.r-project.org/openmp/
- https://conda-forge.org/docs/maintainer/knowledge_base/#openmp
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"clang(?:\+\+)?: error: unsupported option '-fopenmp'",
    r"(?:library not found for|cannot find) -li?omp5?\b|ld: library 'i?omp5?' not found",
)
EXPLAINS = ("not-environment-pytorch-bug", "platform-unsupported-by-project", "no-cpp-compiler-for-inductor")
OTHER = (
    "Build with a compiler that has OpenMP: let CC and CXX name clang and clang++ of Homebrew's llvm, or gcc and g++"
)


def remedies() -> tuple[Action, ...]:
    compilers = CondaInstall(specs=("c-compiler", "cxx-compiler", "llvm-openmp"), channel="conda-forge")
    return compilers, Advice(title=OTHER)

"""The compiler that builds a package has no OpenMP.

## Why it matters
Apple's clang knows no `-fopenmp` and brings no OpenMP runtime, and neither does a bare clang on Linux. Packages and
kernels that are written with OpenMP do not compile with it. On Windows, TDM-GCC installs
OpenMP only when it is asked to.

## What to do
Build with a compiler that has OpenMP (LLVM of Homebrew, the compilers of conda-forge, gcc), or install a wheel.

## References
- https://mac.r-project.org/openmp/
- https://conda-forge.org/docs/maintainer/knowledge_base/#openmp
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, CondaInstall

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"clang(?:\+\+)?: error: unsupported option '-fopenmp'",
    r"(?:library not found for|cannot find) -li?omp5?\b|ld: library 'i?omp5?' not found",
    r"cannot read spec file ['‘`]libgomp\.spec",
)
EXPLAINS = ("not-environment-pytorch-bug", "platform-unsupported-by-project", "no-cpp-compiler-for-inductor")
OTHER = (
    "Build with a compiler that has OpenMP: let CC and CXX name clang and clang++ of Homebrew's llvm, or gcc and g++"
)


GCC = "Install the OpenMP of this gcc: in TDM-GCC's installer, tick `openmp` under Components > gcc"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    if error and "libgomp.spec" in error.text:
        return (Advice(title=GCC),)
    compilers = CondaInstall(specs=("c-compiler", "cxx-compiler", "llvm-openmp"), channel="conda-forge")
    return compilers, Advice(title=OTHER)

"""A library of the system is missing, which torch or another package was built with.

## Why it matters
The wheels of PyTorch bring most of what they need. Builds for Jetson and other boards, of distributions and of one's
own use libraries of the system for linear algebra, Fortran, threads or MPI, and so do many packages beside torch. Small
container images leave them out, and the import stops at the first that is not there.

## What to do
Install the library with the system's package manager. Where the system has it under another number, the package was
built for another release of the system: use a build for this one.

## References
- https://man7.org/linux/man-pages/man8/ld.so.8.html
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, SystemPackage

SEVERITY = Severity.ERROR
_PACKAGES = {  # rows of the catalog
    "openblas": r"openblas\w{0,8}|blas|cblas|lapack",
    "open mpi": r"mpi|mpi_cxx|mpi_usempi\w{0,20}|mpi_mpifh|open-(?:rte|pal)",
    "gnu runtimes": r"gfortran|gomp|quadmath",
    "numa": r"numa",
}
_OF_A_RELEASE = r"ssl|crypto"  # the number is that of the system, and another cannot be installed beside it
_MISSING = r"\blib(?:{})\.so(?:\.\d{{1,4}}){{0,3}}: cannot open shared object file"
_LOADED = r"error while loading shared libraries: lib(?:{})\.so\b"
SIGNATURES = (
    _MISSING.format("|".join((*_PACKAGES.values(), _OF_A_RELEASE))),
    _LOADED.format("|".join((*_PACKAGES.values(), _OF_A_RELEASE))),
)
UNLESS = (r"\bimport _ssl\b.{0,160}\bImportError: lib",)  # of Python's own ssl
EXPLAINS = ("torch-not-importable", "numpy-install-broken")
OTHER = "If the system has it under another number, install a build of the package for this release of the system"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    needed = (name for name, library in _PACKAGES.items() if re.search(_MISSING.format(library), text))
    first = next(needed, None)
    return (*((SystemPackage(name=first),) if first else ()), Advice(title=OTHER))

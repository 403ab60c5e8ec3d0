"""The OpenMP runtime fails for another reason.

## Why it matters
Intel's OpenMP runtime stops the process when it finds something it cannot handle: an old version, no shared memory
segment, an invalid thread setting, a fork in the wrong moment.

## What to do
Update the runtime (`intel-openmp`, `llvm-openmp`) and unset OMP_* and KMP_* variables.

## References
- https://openmp.llvm.org/
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"OMP: Error #(?!15\b)\d+",
    r"OMP: System error #\d+",
    r"libgomp: (?:Thread creation failed|Out of memory|Invalid value)",
    r"libgomp\S*\.so\S*: cannot allocate memory in static TLS block",
    r"cannot allocate memory in static TLS block",
    r"libi?omp5?\S*\.(?:so|dylib|dll)\S*.{0,20}(?:cannot open shared object|image not found|no such file"
    r"|not found)",
    r"Library not loaded: \S{0,80}libi?omp5?\.dylib",
    r"MKL_THREADING_LAYER=INTEL is incompatible with libgomp",
    r"z_Linux_util\.cpp|kmp_\w+\.cpp",
    r"undefined symbol: (?:__kmpc_\w+|omp_\w+|GOMP_\w+)",
)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    command = install(python, "--upgrade", "intel-openmp")
    return (Remedy("Update the OpenMP runtime", (command,), writes=environment_of(python)),)

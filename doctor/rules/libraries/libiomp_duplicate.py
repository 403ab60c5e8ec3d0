"""Two OpenMP runtimes are loaded into one process.

## Why it matters
Intel's and LLVM's OpenMP runtimes refuse to run twice in a process and abort it (OMP: Error #15). torch, MKL,
scikit-learn and OpenCV may each bring one. Setting KMP_DUPLICATE_LIB_OK only hides it: wrong results and crashes remain
possible.

## What to do
Install all packages from one source, all with pip or all with conda, so that they share one runtime; a fresh
environment is the safest way.

## References
- https://openmp.llvm.org/ (runtime errors)
- https://github.com/joblib/threadpoolctl/blob/master/multiple_openmp.md
"""

from __future__ import annotations

from doctor.facts import Runtime, Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, CondaCommand, NewEnvironment
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.libraries._openmp import WHO_BRINGS

SEVERITY = Severity.ERROR
MESSAGE = "Two OpenMP runtimes are loaded with torch: {first} and {second}"
HIDDEN = "KMP_DUPLICATE_LIB_OK is set: two OpenMP runtimes in one process go unnoticed, and results may be wrong"
SIGNATURES = (
    r"OMP: Error #15\b",
    r"Initializing lib\S{1,40}, but found \S{1,40} already initialized",
    r"multiple copies of the OpenMP runtime have been linked into the program",
    r"Found Intel OpenMP \('libiomp'\) and LLVM OpenMP \('libomp'\) loaded",
)
_EXCLUSIVE = ("libiomp5", "libomp.", "libomp5", "libomp1", "libomp-", "libiomp")


def check(runtime: Runtime | None, variables: Variables | None) -> Answer:
    loaded = [path for path in (runtime.loaded_libraries if runtime else ()) if _exclusive(path)]
    if len(loaded) > 1:
        evidence = seen("runtime.loaded_libraries", ", ".join(loaded), "one OpenMP runtime")
        return there(evidence, first=loaded[0], second=loaded[1], severity=Severity.WARNING)
    value = (variables.values if variables else {}).get("KMP_DUPLICATE_LIB_OK", "")
    if value.upper() not in ("TRUE", "1", "YES"):
        return cannot_tell("runtime.loaded_libraries")  # a program loads more than torch
    evidence = seen("variables.values.KMP_DUPLICATE_LIB_OK", value, "not set")
    return there(evidence, message=HIDDEN, severity=Severity.INFO if loaded else Severity.WARNING)


def remedies() -> tuple[Action, ...]:
    by_conda = CondaCommand(("list", "openmp|mkl|nomkl|libomp"), title="List the conda packages that bring one")
    return (WHO_BRINGS, by_conda, NewEnvironment())


def _exclusive(path: str) -> bool:
    return path.replace("\\", "/").rpartition("/")[2].lower().startswith(_EXCLUSIVE)

"""The OpenMP runtime fails for another reason.

## Why it matters
Intel's OpenMP runtime stops the process when it finds something it cannot handle: an old version, a missing shared
memory segment, an invalid thread setting, a fork at the wrong moment.

## What to do
Run without OMP_* and KMP_* variables. With "static TLS block", import torch before the package that loads the other
runtime; with MKL_THREADING_LAYER, let MKL use the GNU runtime.

## References
- https://openmp.llvm.org/
"""

from __future__ import annotations

from doctor.facts import Variables
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun
from doctor.rules.libraries._openmp import WHO_BRINGS

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"OMP: Error #(?!15\b)\d+",
    r"OMP: System error #\d+",
    r"libgomp: (?:Out of memory|Invalid value)",
    r"libgomp\S{0,40}\.so\S{0,20}: cannot allocate memory in static TLS block",
    r"cannot allocate memory in static TLS block",
    r"libi?omp5?\S{0,40}\.(?:so|dylib|dll)\S{0,20}.{0,20}(?:cannot open shared object|image not found|no such file"
    r"|not found)",
    r"Library not loaded: \S{0,80}libi?omp5?\.dylib",
    r"MKL_THREADING_LAYER=INTEL is incompatible with libgomp",
    r"z_Linux_util\.cpp|kmp_\w+\.cpp",
    r"undefined symbol: (?:__kmpc_\w+|omp_\w+|GOMP_\w+)",
)


_ORDER = "If the text names a static TLS block: import torch before the packages that load another OpenMP runtime"
_GNU = "If the text names MKL_THREADING_LAYER: run the program again with the GNU runtime"


def remedies(variables: Variables | None) -> tuple[Action, ...]:
    set_here = tuple(name for name in (variables.values if variables else {}) if name.startswith(("OMP_", "KMP_")))
    without = (Rerun(unset=set_here),) if set_here else ()
    layer = Rerun(set=(("MKL_THREADING_LAYER", "GNU"),), title=_GNU)
    return (*without, WHO_BRINGS, Advice(title=_ORDER), layer)

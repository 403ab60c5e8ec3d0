"""An extension is loaded that needs torch's own libraries, and they are not there yet: torch was not imported first.

## Why it matters
Extensions of torch do not bring its libraries and do not look for them: `import torch` loads them. An extension that
uses torch's Python classes (THPVariableClass) needs libtorch_python too, which since torch 1.5 is not shown to
libraries that were not linked with it.

## What to do
Import torch before the extension. If that is so already, the extension was built for an older torch: build it again,
or let torch show its libraries to all.

## References
- https://github.com/pytorch/pytorch/issues/38122
- https://docs.pytorch.org/tutorials/advanced/cpp_extension.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, Rerun

SEVERITY = Severity.ERROR
UNLESS = (r"_torch_sox\S{0,80}: undefined symbol",)  # torchaudio's, of another torch
SIGNATURES = (r"[Uu]ndefined symbol:? '?THPVariableClass\b",)
FIRST = "Write `import torch` before the import of the extension"
AGAIN = "If torch is imported first: build the extension again in this environment, in a folder without its old `build`"
SHOWN = (
    "Else start it with TORCH_USE_RTLD_GLOBAL=YES: torch shows its libraries to extensions not linked with them then"
)


def remedies() -> tuple[Action, ...]:
    return Advice(title=FIRST), Advice(title=AGAIN), Rerun(set=(("TORCH_USE_RTLD_GLOBAL", "YES"),), title=SHOWN)

"""MKL 2024.1 or newer meets a torch that expects an older MKL.

## Why it matters
conda builds of torch before 2.3 link against a symbol (`iJIT_NotifyEvent`) that MKL no longer carries since 2024.1.
The import fails.

## What to do
Install `mkl<2024.1`, or a newer torch.

## References
- https://github.com/pytorch/pytorch/issues/123097
"""

from __future__ import annotations

from doctor.catalog import floors, published
from doctor.facts import Conda, CondaPackage, Runtime
from doctor.model import Remedy, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "conda's torch {torch} does not work with mkl {mkl}"
SIGNATURES = (
    r"undefined symbol: iJIT_(?:NotifyEvent|IsProfilingActive)\w*",
    r"symbol not found.{0,60}iJIT_NotifyEvent",
)
EXPLAINS = ("torch-not-importable", "mixed-native-libraries")


def check(conda: Conda, runtime: Runtime | None) -> Answer | None:
    torch, mkl = _package(conda, "pytorch"), _package(conda, "mkl")
    if torch is None or mkl is None or not torch.channel.endswith("pytorch") or (runtime and runtime.imported):
        return None
    torch_version, mkl_version = published(torch.version), published(mkl.version)
    old_torch = torch_version.older_than(floors.limit("torch without iJIT_NotifyEvent"))
    if not old_torch or not mkl_version or mkl_version.older_than(floors.limit("MKL without iJIT_NotifyEvent")):
        return None
    evidence = seen("conda.packages", f"pytorch {torch.version}, mkl {mkl.version}", "mkl<2024.1")
    return there(evidence, torch=torch.version, mkl=mkl.version)


def remedies(conda: Conda | None) -> tuple[Remedy, ...]:
    where = ("-p", conda.prefix) if conda and conda.prefix else ()
    command = ("conda", "install", *where, "-y", "mkl<2024.1")
    return (Remedy("Install an MKL that fits", (command,), writes=where[1:]),)


def _package(conda: Conda, name: str) -> CondaPackage | None:
    return next((p for p in conda.packages if p.name == name), None)

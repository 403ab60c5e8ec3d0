"""MKL 2024.1 or newer is used with a torch that expects an older MKL.

## Why it matters
conda builds of torch before 2.3 link against a symbol (`iJIT_NotifyEvent`) that MKL has no longer had since 2024.1. The
import fails.

## What to do
Install `mkl<2024.1`, or a newer torch.

## References
- https://github.com/pytorch/pytorch/issues/123097
"""

from __future__ import annotations

from doctor.catalog import floors, published
from doctor.facts import Conda, CondaPackage, Runtime
from doctor.model import Severity
from doctor.remedy.actions import Action, CondaInstall, FittingTorch
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "conda's torch {torch} does not work with mkl {mkl}"
SIGNATURES = (r"undefined symbol: iJIT_(?:NotifyEvent|IsProfilingActive)\w*",)
EXPLAINS = ("torch-not-importable", "mixed-native-libraries")


def check(conda: Conda, runtime: Runtime | None) -> Answer:
    if runtime and runtime.imported:
        return not_there("runtime.imported", True)
    torch, mkl = _package(conda, "pytorch"), _package(conda, "mkl")
    if torch is None or mkl is None or not torch.channel:
        return cannot_tell("conda.packages")
    torch_version, mkl_version = published(torch.version), published(mkl.version)
    if not torch_version or not mkl_version:
        return cannot_tell("conda.packages")
    both = f"pytorch {torch.version}, mkl {mkl.version}"
    old_torch = torch_version.older_than(floors.limit("torch without iJIT_NotifyEvent"))
    old_mkl = mkl_version.older_than(floors.limit("MKL without iJIT_NotifyEvent"))
    if not torch.channel.endswith("pytorch") or not old_torch or old_mkl:
        return not_there("conda.packages", both, "mkl<2024.1 for torch before 2.3")
    return there(seen("conda.packages", both, "mkl<2024.1"), torch=torch.version, mkl=mkl.version)


def remedies() -> tuple[Action, ...]:
    return (CondaInstall(("mkl<2024.1",), title="Install an MKL that matches"), FittingTorch(torch=">=2.3"))


def _package(conda: Conda, name: str) -> CondaPackage | None:
    return next((p for p in conda.packages if p.name == name), None)

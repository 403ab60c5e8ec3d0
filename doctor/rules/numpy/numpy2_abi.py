"""torch or another compiled package was built for NumPy 1, but NumPy 2 is installed.

## Why it matters
NumPy 2 changed its binary interface. Builds of torch before 2.3 (Windows: before 2.4.1) cannot exchange arrays with it:
`tensor.numpy()`, `from_numpy` and data loaders fail, or the process crashes. So do older builds of other packages.

## What to do
Install `numpy<2`, or a newer torch (or a newer release of the package that the message names).

## References
- https://numpy.org/doc/stable/dev/depending_on_numpy.html#numpy-2-0-specific-advice
- https://github.com/pytorch/pytorch/issues/107302
"""

from __future__ import annotations

from doctor.catalog import Version
from doctor.facts import Conda, Host, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, FittingTorch, Install
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.numpy import _built

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} was compiled for NumPy 1, but NumPy {numpy} is installed"
SIGNATURES = (
    r"A module that was compiled using NumPy 1\.x cannot be run in",
    r"Failed to initialize NumPy: _ARRAY_API not found",
    r"AttributeError: _ARRAY_API not found",
    r"compiled against ABI version 0x1[0-9a-fA-F]{6} but this version of numpy is 0x2000000",
    r"^\s*NumPy 2\.\d+\.\d+\S* as it may crash|modules must be compiled with NumPy 2\.0",
    r"was removed in the NumPy 2\.0 release",
    r"Some module may need to rebuild instead e\.g\. with 'pybind11>=2\.12'",
    r"numpy\.dtype size changed, may indicate binary incompatibility\. Expected 96",
    r"Could not infer dtype of numpy\.(?:float|u?int|bool)",
    r"expected np\.ndarray \(got numpy\.ndarray\)",
    r"RuntimeError: Numpy is not available",
    r"numpy\.core\.multiarray failed to import|numpy\.core\.umath failed to import",
)


def check(
    torch: Torch, packages: Packages | None, conda: Conda | None, host: Host | None, runtime: Runtime | None
) -> Answer:
    numpy = _numpy(packages, conda)
    if not torch.version or numpy is None:
        return cannot_tell("packages.installed" if torch.version else "torch.version")
    if Version.of(numpy)[:1] != (2,):
        return not_there("packages.installed", f"numpy {numpy}")
    bridge = runtime.module("numpy bridge") if runtime else None
    if not _built.for_numpy_1(torch, host) or (bridge is not None and bridge.failure is None):
        return cannot_tell("error.text")  # other packages may be built for NumPy 1
    return there(
        seen("torch.version", torch.version, f"{_built.first_for_numpy_2(host)} or newer"),
        seen("packages.installed", f"numpy {numpy}", "numpy<2"),
        torch=torch.version,
        numpy=numpy,
    )


def remedies(host: Host | None) -> tuple[Action, ...]:
    newer = FittingTorch(torch=f">={_built.first_for_numpy_2(host)}")
    return Install(requirements=("numpy<2",), title="Install NumPy 1"), newer


def _numpy(packages: Packages | None, conda: Conda | None) -> str | None:
    by_pip = packages.version("numpy") if packages else None
    return by_pip or next((p.version for p in (conda.packages if conda else ()) if p.name == "numpy"), None)

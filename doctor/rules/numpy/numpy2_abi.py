"""torch was compiled for NumPy 1 and meets NumPy 2.

## Why it matters
NumPy 2 changed its binary interface. Builds of torch before 2.3 (Windows: before 2.4.1) cannot exchange arrays with
it: `tensor.numpy()`, `from_numpy` and data loaders fail, or the process crashes.

## What to do
Install `numpy<2`, or a newer torch.

## References
- https://numpy.org/doc/stable/dev/depending_on_numpy.html#numpy-2-0-specific-advice
- https://github.com/pytorch/pytorch/issues/107302
"""

from __future__ import annotations

from doctor.catalog import Version, floors, published
from doctor.facts import Conda, Host, Packages, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} was compiled for NumPy 1, but NumPy {numpy} is installed"
SIGNATURES = (
    r"A module that was compiled using NumPy 1\.x cannot be run in",
    r"Failed to initialize NumPy: _ARRAY_API not found",
    r"AttributeError: _ARRAY_API not found",
    r"compiled against ABI version 0x1[0-9a-fA-F]{6} but this version of numpy is 0x2000000",
    r"^\s*NumPy 2\.\d+\.\d+\S* as it may crash|modules must be compiled with NumPy 2\.0",
    r"Some module may need to rebuild instead e\.g\. with 'pybind11>=2\.12'",
    r"numpy\.dtype size changed, may indicate binary incompatibility\. Expected 96",
    r"Could not infer dtype of numpy\.(?:float|u?int|bool)",
    r"expected np\.ndarray \(got numpy\.ndarray\)",
    r"RuntimeError: Numpy is not available",
    r"numpy\.core\.multiarray failed to import|numpy\.core\.umath failed to import",
)


def check(
    torch: Torch, packages: Packages | None, conda: Conda | None, host: Host | None, runtime: Runtime | None
) -> Answer | None:
    numpy = _numpy(packages, conda)
    if not torch.version or Version.of(numpy)[:1] != (2,):
        return None
    built = published(torch.version)
    first = floors.first_with_numpy2("windows" if host and host.os == "windows" else "linux")
    conda_forge = torch.installer == "conda"  # rebuilt against NumPy 2 for older releases
    bridge = runtime.module("numpy bridge") if runtime else None
    if not built.older_than(first) or conda_forge:
        return None
    if bridge is not None and bridge.failure is None:
        return None
    return there(
        seen("torch.version", torch.version, f"{first} or newer"),
        seen("packages.installed", f"numpy {numpy}", "numpy<2"),
        torch=torch.version,
        numpy=numpy,
    )


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    older = Remedy("Install NumPy 1", (install(python, "numpy<2"),), writes=environment_of(python))
    return (older,)


def _numpy(packages: Packages | None, conda: Conda | None) -> str | None:
    by_pip = packages.version("numpy") if packages else None
    return by_pip or next((p.version for p in (conda.packages if conda else ()) if p.name == "numpy"), None)

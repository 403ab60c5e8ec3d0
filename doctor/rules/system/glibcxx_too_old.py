"""The C++ library that gets loaded is older than torch or an extension was built for.

## Why it matters
`libstdc++.so.6` carries version marks (GLIBCXX_3.4.x). Old system compilers bring an old one; the loader may take
it although a newer one lies in the conda environment.

## What to do
Install a newer libstdc++ (conda: `libstdcxx-ng`; system: a newer compiler runtime) and let it be found first.

## References
- https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html
"""

from __future__ import annotations

from doctor.catalog import Version, floors, published
from doctor.facts import Host, Python, Runtime, Torch
from doctor.model import Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} needs libstdc++ with GLIBCXX_{needed}, the loader finds {found}"
SIGNATURES = (
    r"libstdc\+\+\.so\.6: version [`'\"]?(?:GLIBCXX|CXXABI)_[\d.]+['\"]? not found",
    r"version [`'\"]?(?:GLIBCXX|CXXABI)_[\d.]+['\"]? not found",
    r"libgcc_s\.so\.1: version [`'\"]?GCC_[\d.]+['\"]? not found",
    r"libstdc\+\+\.so\.6: cannot open shared object file",
)
EXPLAINS = ("torch-not-importable",)
_CONDA = ("conda", "mamba", "pixi")


def check(host: Host, torch: Torch, python: Python | None, runtime: Runtime | None) -> Answer | None:
    version = published(torch.version)
    if not version or not host.glibcxx or (runtime and runtime.imported) or (python and python.kind in _CONDA):
        return None
    needed = floors.glibcxx(version)
    if not Version.of(host.glibcxx).older_than(needed):
        return None
    evidence = seen("host.glibcxx", host.glibcxx, needed)
    return there(evidence, torch=torch.version, needed=needed, found=host.glibcxx)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    if python is not None and python.kind in _CONDA and python.prefix:
        newer = ("conda", "install", "-p", python.prefix, "-y", "-c", "conda-forge", "libstdcxx-ng")
        return (Remedy("Install a newer libstdc++ into the environment", (newer,), writes=(python.prefix,)),)
    command = ("sudo", "apt-get", "install", "--only-upgrade", "-y", "libstdc++6")
    return (Remedy("Upgrade the system's libstdc++", (command,), risk=Risk.ADMIN),)

"""The C++ library that is loaded is older than the one torch or an extension was built for.

## Why it matters
`libstdc++.so.6` contains version marks (GLIBCXX_3.4.x). Old system compilers come with an old one, and the loader may
use it although the conda environment has a newer one.

## What to do
Use a conda environment, which has a newer libstdc++ (`libstdcxx-ng`), or a newer system: a distribution does not
upgrade it within a release.

## References
- https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html
"""

from __future__ import annotations

from doctor.catalog import Version, floors, published
from doctor.facts import Host, Python, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, CondaInstall, Doctor, SystemPackage
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "torch {torch} needs libstdc++ with GLIBCXX_{needed}, but the loader finds {found}"
SIGNATURES = (
    r"libstdc\+\+\.so\.6: version [`'\"]?(?:GLIBCXX|CXXABI)_[\d.]+['\"]? not found",
    r"version [`'\"]?(?:GLIBCXX|CXXABI)_[\d.]+['\"]? not found",
    r"(?i)\b(?:not|n't|cannot) find(?:ing)? (?:the )?[`'\"]?(?:GLIBCXX|CXXABI)_\d",  # how people tell it
    r"libgcc_s\.so\.1: version [`'\"]?GCC_[\d.]+['\"]? not found",
    r"libstdc\+\+\.so\.6: cannot open shared object file",
)
EXPLAINS = ("torch-not-importable",)
_CONDA = ("conda", "mamba", "pixi")


def check(host: Host, torch: Torch, python: Python | None, runtime: Runtime | None) -> Answer:
    if host.os in ("windows", "macos"):
        return not_there("host.os", host.os)
    version = published(torch.version)
    if not version or not host.glibcxx:
        return cannot_tell("host.glibcxx" if version else "torch.version")
    needed = floors.glibcxx(version)
    if (
        not Version.of(host.glibcxx).older_than(needed)
        or (runtime and runtime.imported)
        or (python and python.kind in _CONDA)
    ):
        return cannot_tell("error.text")  # a library beside torch may ask for more
    evidence = seen("host.glibcxx", host.glibcxx, needed)
    return there(evidence, torch=torch.version, needed=needed, found=host.glibcxx)


def remedies(python: Python | None) -> tuple[Action, ...]:
    if python is not None and python.kind in _CONDA:
        return (CondaInstall(specs=("libstdcxx-ng",), channel="conda-forge"),)
    make = Doctor(words=("setup", "--conda", "torch"), title="Create a conda environment: it has its own libstdc++")
    return make, SystemPackage(name="libstdc++")

"""Triton is missing or not the one this torch needs, so torch.compile cannot generate GPU kernels.

## Why it matters
torch.compile's default backend writes Triton kernels. Linux wheels of torch require Triton; on Windows, for which PyPI
has none, the community project triton-windows replaces it. torch imports names from inside of Triton, which every
release of Triton moves: each torch works with one.

## What to do
Linux: install the Triton that torch requires, over one that was installed by itself. Windows: install the same release
of `triton-windows`, or run without torch.compile.

## References
- https://github.com/woct0rdho/triton-windows
- https://docs.pytorch.org/docs/stable/torch.compiler_get_started.html
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.catalog import Version, build_of, floors, published
from doctor.facts import Amd, Host, Module, Nvidia, Packages, Runtime, Torch
from doctor.model import Severity
from doctor.remedy.actions import Action, AskPython, Install
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.windows._loader import NOT_STARTED

SEVERITY = Severity.ERROR
MESSAGE = "Triton is not installed: torch.compile cannot generate GPU kernels here"
BROKEN = "Triton cannot be imported: {failure}"
UNLESS = (r"\bin _is_triton_available\b",)  # xFormers looks, tells it with a traceback, and goes on
SIGNATURES = (
    r"Cannot find a working triton installation",
    r"triton package is not installed",
    r"\bTritonMissing\b",
    rf"(?<!Error caught was: )DLL load failed while importing libtriton(?!.{{0,40}}{NOT_STARTED})"
    r"|libtriton\S*\.(?:so|pyd)\b.{0,40}\b(?:not|cannot|undefined)\b",
    # xFormers tells it and goes on
    r"(?<!Error caught was: )(?<!This is just a warning: )No module named '?triton\b(?!\.ops\b)",
    r"cannot import name '\w+' from 'triton",
    r"NotImplementedError: requires Triton",
    r"Windows not yet supported for torch\.compile",
    r"satisfies the requirement \"?triton\b.{0,40}\(from versions: none\)",
)
EXPLAINS = ("not-environment-pytorch-bug", "pinned-version-not-on-index", "wrong-index-or-platform")
_FIRST_FOR_WINDOWS = (3, 1)  # of triton-windows on PyPI
LOOK = "Show which Triton this torch requires"
_ASK = "import importlib.metadata as m; print([r for r in m.requires('torch') if 'triton' in r])"
_NAMES = ("triton", "triton-windows", "pytorch-triton", "pytorch-triton-rocm", "pytorch-triton-xpu")


def check(
    torch: Torch,
    host: Host,
    packages: Packages | None,
    runtime: Runtime | None,
    nvidia: Nvidia | None,
    amd: Amd | None,
) -> Answer:
    module = runtime.module("triton") if runtime else None
    if module is not None and module.failure is None:
        return not_there("runtime.modules", "triton is imported")
    on_gpu, version = build_of(torch).kind in ("cuda", "rocm"), published(torch.version)
    wanted = on_gpu and bool(version) and not version.older_than(floors.first_with_triton())
    if not wanted or host.os not in ("linux", "windows"):
        return cannot_tell("error.text")
    installed = any(packages.version(name) for name in _NAMES) if packages else False
    if module is not None and module.failure is not None and installed:
        failure = module.failure.message
        evidence = seen("runtime.modules", f"triton: {failure}", "a working Triton")
        return there(evidence, message=BROKEN, failure=failure, severity=_severity(nvidia, amd))
    if packages is None or not packages.complete or installed:
        return cannot_tell("runtime.modules")
    return there(seen("packages.installed", "no triton", "triton"), severity=Severity.INFO)


def _severity(nvidia: Nvidia | None, amd: Amd | None) -> Severity:
    """Without a GPU nothing asks for Triton."""
    none = nvidia is not None and nvidia.gpus == () and not (amd and amd.gpus)
    return Severity.INFO if none else Severity.WARNING


def remedies(
    host: Host | None, torch: Torch | None, packages: Packages | None, runtime: Runtime | None
) -> tuple[Action, ...]:
    module = runtime.module("triton") if runtime else None
    lacking = _lacking(module)
    wanted = lacking or _of_torch(packages) or _by_release(torch, host)
    broken = module is not None and not lacking
    return (Install(requirements=(wanted,), anew=broken),) if wanted else (AskPython(code=_ASK, title=LOOK),)


def _lacking(module: Module | None) -> str:
    """What Triton itself does not find: older releases import setuptools without asking for it."""
    found = re.search(r"No module named '(\w+)", module.failure.message) if module and module.failure else None
    return found[1] if found and found[1] != "triton" else ""


def _of_torch(packages: Packages | None) -> str:
    """What torch's metadata ask for and is not there: "triton==3.3.1"."""
    unmet = packages.unmet if packages else ()
    return next((u.requirement.partition(";")[0].strip() for u in unmet if "triton" in u.requirement), "")


def _by_release(torch: Torch | None, host: Host | None) -> str:
    """The release of Triton that a CUDA build was made with; triton-windows counts its own last numbers."""
    row = catalog.release(torch.version or "") if torch and build_of(torch).kind == "cuda" else None
    if row is None or not row.triton or host is None:
        return ""
    if host.os == "windows":
        minor = Version.of(row.triton).cut(2)
        return f"triton-windows=={minor}.*" if minor >= _FIRST_FOR_WINDOWS else ""
    return f"triton=={row.triton}" if host.os == "linux" else ""

"""Triton is not there, so torch.compile cannot make GPU kernels.

## Why it matters
torch.compile's default backend writes Triton kernels. Linux wheels of torch ask for Triton; there is none on PyPI
for Windows, where the community project triton-windows fills in.

## What to do
Linux: install the triton version torch asks for. Windows: `triton-windows`, or run without torch.compile.

## References
- https://github.com/woct0rdho/triton-windows
- https://docs.pytorch.org/docs/stable/torch.compiler_get_started.html
"""

from __future__ import annotations

from doctor.catalog import build_of, floors, published
from doctor.facts import Host, Packages, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "Triton is not installed: torch.compile cannot make GPU kernels here"
BROKEN = "Triton cannot be imported: {failure}"
SIGNATURES = (
    r"Cannot find a working triton installation",
    r"TritonMissing|torch\._inductor\.exc\.\w*Triton\w*",
    r"DLL load failed while importing libtriton|libtriton\S*\.(?:so|pyd)",
    r"No module named '?triton\b",
    r"A matching Triton is not available",
    r"Torch version lower than .{0,40}triton|triton not found; flop counting",
    r"cannot import name '\w+' from 'triton",
    r"requires? [Tt]riton(?: to be installed)?",
    r"Windows not yet supported for torch\.compile",
    r"satisfies the requirement \"?triton\b.{0,40}\(from versions: none\)",
)
EXPLAINS = ("not-environment-pytorch-bug", "pinned-version-not-on-index", "wrong-index-or-platform")
_NAMES = ("triton", "triton-windows", "pytorch-triton", "pytorch-triton-rocm", "pytorch-triton-xpu")


def check(torch: Torch, host: Host, packages: Packages | None, runtime: Runtime | None) -> Answer | None:
    module = runtime.module("triton") if runtime else None
    on_gpu, version = build_of(torch).kind in ("cuda", "rocm"), published(torch.version)
    wanted = on_gpu and bool(version) and not version.older_than(floors.first_with_triton())
    if not wanted or host.os not in ("linux", "windows"):
        return None
    installed = any(packages.version(name) for name in _NAMES) if packages else False
    if module is not None and module.failure is not None and installed:
        failure = module.failure.message
        evidence = seen("runtime.modules", f"triton: {failure}", "a working Triton")
        return there(evidence, message=BROKEN, failure=failure, severity=Severity.WARNING)
    if packages is None or not packages.complete or installed or (module is not None and module.failure is None):
        return None
    return there(seen("packages.installed", "no triton", "triton"), severity=Severity.INFO)


def remedies(host: Host | None, python: Python | None) -> tuple[Remedy, ...]:
    name = "triton-windows" if host and host.os == "windows" else "triton"
    return (Remedy(f"Install {name}", (install(python, name),), writes=environment_of(python)),)

"""Files of torch are missing or altered.

## Why it matters
The installed files differ from what the wheel listed: an interrupted download or upgrade, a full disk, a virus
scanner or an antivirus quarantine. Imports fail or crash without any hint at the cause.

## What to do
Install torch afresh, without pip's cache.

## References
- https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""

from __future__ import annotations

from doctor.facts import DamagedFile, Packages, Python, Runtime, Torch
from doctor.model import Remedy, Severity
from doctor.rules._pip import same_torch
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "{count} file(s) of torch or its companions are damaged, first {path}: {problem}"
SIGNATURES = (
    r"(?:libtorch|libc10|torch/lib|torch\\lib)\S{0,80}: (?:file too short|invalid ELF header"
    r"|cannot read file data)",
    r"(?:file too short|invalid ELF header|ELF file's phentsize|cannot map zero-fill pages"
    r"|ELF load command past end)",
    r"not a mach-o file|no suitable image found.{0,200}torch",
    r"^zlib\.error: Error -3|BadZipFile: .{0,80}whl",
    r"EOFError: marshal data too short|ValueError: source code string cannot contain null bytes",
)
EXPLAINS = (
    "torch-not-importable",
    "torch-torchvision-mismatch",
    "illegal-instruction-cpu",
    "windows-dll-load-126",
    "windows-dll-load-193",
)


def check(packages: Packages, runtime: Runtime | None) -> Answer | None:
    telling = [f for f in packages.damaged if _loaded(f)]
    if not telling:
        return None
    first = telling[0]
    working = runtime is not None and runtime.imported is True and not any(m.failure for m in runtime.modules)
    return there(
        seen(
            "packages.damaged", f"{first.path}: {first.problem} {first.found}".strip(), first.expected or "as installed"
        ),
        count=len(telling),
        path=first.path,
        problem=first.problem,
        # somebody patched a file by hand and it still works
        severity=Severity.WARNING if working else Severity.ERROR,
    )


def remedies(torch: Torch | None, python: Python | None, packages: Packages | None) -> tuple[Remedy, ...]:
    return same_torch(python, torch, packages, "Install the same torch afresh")


def _loaded(file: DamagedFile) -> bool:
    """Files that Python or the loader reads; a script or a licence that differs breaks nothing."""
    return file.path.endswith((".py", ".so", ".dll", ".pyd", ".dylib")) or ".so." in file.path

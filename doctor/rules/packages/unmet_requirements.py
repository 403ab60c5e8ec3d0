"""Something torch needs is missing or of the wrong version.

## Why it matters
torch imports its own requirements (typing-extensions, sympy, NVIDIA's runtime wheels …). One that is missing or too
old stops the import or a part of it.

## What to do
Let pip complete the set: it installs what torch's own metadata asks for.

## References
- https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use
"""

from __future__ import annotations

from doctor.facts import Packages, Python, Runtime, Unmet
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.WARNING
MESSAGE = "{package} needs {requirement}, {found}"
SIGNATURES = (
    r"\btorch\S* .{0,40}(?:requires|has requirement) .{1,120}, but you (?:have|'ll have)"
    r"|torch\S* .{1,20}requires .{1,80}which is not installed",
    r"File \".{1,200}torch/__init__\.py\".{0,40}typing_extensions",
    r"No module named '(?:typing_extensions|sympy|networkx|jinja2|fsspec|filelock|mpmath)'",
)
_COMPANIONS = {"torch", "torchvision", "torchaudio", "triton"}
_PAIRS = {"torch", "torchvision", "torchaudio"}  # which of them fit is other rules' question
_IMPORTED = {"typing-extensions", "sympy", "networkx", "jinja2", "fsspec", "filelock"}


def check(packages: Packages, runtime: Runtime | None) -> Answer | None:
    unmet = _unmet(packages)
    if unmet is None:
        return None
    broken = runtime is not None and runtime.failure is not None
    return there(
        seen("packages.unmet", unmet.found or "not installed", unmet.requirement),
        package=unmet.package,
        requirement=unmet.requirement,
        found=f"but {unmet.found} is installed" if unmet.found else "which is not installed",
        severity=Severity.ERROR if broken and _name(unmet) in _IMPORTED else Severity.WARNING,
    )


def remedies(packages: Packages, python: Python | None) -> tuple[Remedy, ...]:
    wanted = tuple(u.requirement.partition(";")[0].strip() for u in packages.unmet if _matters(u))
    if not wanted:
        return ()
    return (Remedy("Install what is missing", (install(python, *wanted),), writes=environment_of(python)),)


def _unmet(packages: Packages) -> Unmet | None:
    found = [u for u in packages.unmet if _matters(u)]
    return min(found, key=lambda u: _name(u) not in _IMPORTED) if found else None


def _matters(unmet: Unmet) -> bool:
    return unmet.package in _COMPANIONS and _name(unmet) not in _PAIRS


def _name(unmet: Unmet) -> str:
    end = next((i for i, c in enumerate(unmet.requirement) if not (c.isalnum() or c in "-_.")), None)
    return unmet.requirement[:end].lower().replace("_", "-")

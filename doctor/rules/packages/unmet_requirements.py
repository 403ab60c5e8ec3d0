"""A package that torch needs is missing or has the wrong version.

## Why it matters
torch imports its own requirements (typing-extensions, sympy, NVIDIA's runtime wheels …). If one is missing or too old,
the import or a part of torch fails.

## What to do
Let pip complete the set: it installs what torch's metadata requires.

## References
- https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use
"""

from __future__ import annotations

import re

from doctor.catalog import COMPANIONS
from doctor.facts import Packages, Runtime, Unmet
from doctor.model import Severity
from doctor.remedy.actions import Action, Install
from doctor.rules.api import Answer, cannot_tell, not_there, seen, there
from doctor.rules.packages import _needs

SEVERITY = Severity.WARNING
MESSAGE = "{package} needs {requirement}, {found}"
SIGNATURES = (
    r"'torch' supports dill >= .{1,40}but you have dill|Installed triton version too old, please upgrade",
    r"\btorch\S* .{0,40}(?:requires|has requirement) (?!torch\b).{1,120}, but you(?: have|'ll have)"
    r"|torch\S* .{1,20}requires .{1,80}which is not installed",
    r"The package `torch` requires `|cannot import name '\w+' from 'typing_extensions'|SymPy now depends on mpmath",
    r"VersionConflict: \((?!torch\b)\S{1,40} [\d.].{0,200}\{'torch'\}",
    r"File \".{1,200}torch/__init__\.py\".{0,40}typing_extensions",
    r"No module named '(?:typing_extensions|sympy|networkx|jinja2|fsspec|filelock|mpmath)'",
)
EXPLAINS = ("torch-not-importable", "package-missing", "numpy-missing")
_PAIRS = {"torch", *COMPANIONS}  # which of them fit is other rules' question
_IMPORTED = {"typing-extensions", "sympy", "networkx", "jinja2", "fsspec", "filelock"}
_MODULES = {"pillow": "PIL"}  # those that are not called like their package


def check(packages: Packages, runtime: Runtime | None) -> Answer:
    unmet = _unmet(packages)
    if unmet is None:
        read = any(p.requires for p in packages.installed)  # a list that somebody pasted tells nothing of needs
        return not_there("packages.unmet", "none of torch's") if read else cannot_tell("packages.unmet")
    return there(
        seen("packages.unmet", unmet.found or "not installed", unmet.requirement),
        package=unmet.package,
        requirement=unmet.requirement,
        found=f"but {unmet.found} is installed" if unmet.found else "which is not installed",
        severity=Severity.ERROR if _stops_the_import(unmet, runtime) else Severity.WARNING,
    )


def remedies(packages: Packages) -> tuple[Action, ...]:
    wanted = tuple(u.requirement.partition(";")[0].strip() for u in _all_unmet(packages))
    return (Install(requirements=wanted, title="Install what torch requires"),) if wanted else ()


def _stops_the_import(unmet: Unmet, runtime: Runtime | None) -> bool:
    """The import of torch or of a companion fails, and names what is missing or too old."""
    companions = (m.failure for m in runtime.modules if m.name in COMPANIONS) if runtime else ()
    failures = (runtime.failure if runtime else None, *companions)
    name = _needs.name_of(unmet.requirement)
    module = _MODULES.get(name, name.replace("-", "_"))
    return any(re.search(rf"\b{module}\b", f"{one.text}{one.message}") for one in failures if one)


def _unmet(packages: Packages) -> Unmet | None:
    return min(_all_unmet(packages), key=lambda u: _needs.name_of(u.requirement) not in _IMPORTED, default=None)


def _all_unmet(packages: Packages) -> list[Unmet]:
    return [u for u in _needs.unmet(packages) if _needs.name_of(u.requirement) not in _PAIRS]

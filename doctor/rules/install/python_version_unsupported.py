"""There is no torch wheel for this Python version.

## Why it matters
Wheels are made for a handful of Python versions per release. With a newer or older Python pip finds nothing and
says "no matching distribution".

## What to do
Make an environment with a Python version that has wheels.

## References
- https://github.com/pytorch/pytorch/blob/main/RELEASE.md#release-compatibility-matrix
- https://devguide.python.org/versions/
"""

from __future__ import annotations

from doctor import catalog
from doctor.catalog import Version
from doctor.facts import Python, Runtime, Torch
from doctor.model import Reading, Remedy, Risk, Severity
from doctor.rules.api import Answer, seen, there

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch has no wheels for Python {python}; there are some for {range}"
THREADED = "PyTorch has no wheels for the free-threaded Python {python}"
SIGNATURES = (
    r"only has wheels with the following Python (?:ABI|implementation)? ?tags?",
    r"\btorch\S* has no wheels with a matching Python (?:ABI|version) tag",
    r"(?P<all>\d+) candidate\(s\) were identified for the package\W{1,12}(?P=all) wheel\(s\) were skipped as your"
    r" project's environment does not support the identified (?:python|abi) tags",
    r"requires a different Python: |(?:Requires-Python|requires-python) (?:[><=!~]|specifier)",
    r"Ignored the following versions that require a different python version",
    r"[Pp]ython 3\.1[1-9]\+? (?:is )?not (?:yet )?supported",
    r"(?:torch\.compile|[Dd]ynamo) (?:is )?not supported on Python 3\.\d+",
    r"package pytorch\S* requires python\b|(?:pytorch|torch)\S* -> python\[?version='",
    r"The current Python version .{0,40}does not satisfy Python[><=]",
    r"your Python version .{0,20}(?:is )?(?:not supported|too new|too old)",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "wrong-index-or-platform")


def check(python: Python, torch: Reading[Torch], runtime: Runtime | None) -> Answer | None:
    installed = torch.value is not None and torch.value.version != ""
    minor = Version.of(python.version).cut(2)
    if installed or not torch.looked or len(minor) < 2 or (runtime and runtime.imported):
        return None
    versions = _with_wheels()
    known = f"{versions[0]} to {versions[-1]}"
    if minor not in versions:
        return there(seen("python.version", python.version, known), python=python.version, range=known)
    if python.free_threaded and minor < (3, 14):  # 3.13t wheels ended with 2.12; older ones never had any
        return there(seen("python.free_threaded", True, False), message=THREADED, python=python.version)
    return None


def remedies() -> tuple[Remedy, ...]:
    good = str(_with_wheels()[-3])  # what other packages have caught up with
    make = ("uv", "venv", "--python", good, ".venv")
    return (Remedy(f"Make an environment with Python {good}", (make,), Risk.MANUAL, (".venv",)),)


def _with_wheels() -> list[Version]:
    """Python versions with a wheel of one of the releases of the last years, oldest first."""
    rows = catalog.all_releases()
    tags = {tag for row in rows for wheel in row.wheels for tag in wheel.python}
    return sorted(Version.of(f"{tag[2]}.{tag[3:]}") for tag in tags if tag.startswith("cp3") and tag[3:].isdigit())

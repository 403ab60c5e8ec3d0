"""There is no torch wheel for this Python version.

## Why it matters
Each release has wheels for a handful of Python versions. With a newer or older Python pip finds nothing and says "no
matching distribution".

## What to do
Create an environment with a Python version that has wheels, and with a 64-bit Python: there are none for 32 bits.

## References
- https://github.com/pytorch/pytorch/blob/main/RELEASE.md#release-compatibility-matrix
- https://devguide.python.org/versions/
"""

from __future__ import annotations

import re

from doctor import catalog
from doctor.catalog import Version
from doctor.catalog.pythons import first_torch
from doctor.facts import ErrorText, Host, Python, Runtime, Torch
from doctor.model import Reading, Severity
from doctor.remedy.actions import Action, AskPython, FittingTorch, NewEnvironment
from doctor.rules import _nvidia
from doctor.rules._platform import platform_of
from doctor.rules.api import Answer, cannot_tell, seen, there
from doctor.rules.install import _pythons

SEVERITY = Severity.ERROR
MESSAGE = "PyTorch has no wheels for Python {python}, only for {range}"
THREADED = "PyTorch has no wheels for the free-threaded Python {python}"
SIGNATURES = (
    r"only (?:has|found) wheels (?:for `torch\w*` \(\S{1,20}\) )?with the following Python \w{0,14} ?tags?",
    r"[Pp]ython 3\.1[3-9]\b.{0,160}s: none\)",
    r"[Pp]ython3\.1[3-9]\b.{0,160}\(from versions: none\)",
    r"\btorch\S* ha(?:s|ve) no wheels with a matching Python (?:ABI tag|version tag|implementation tag \(e\.g\., `cp)",
    r"\b(?P<all>\d{1,6}) candidate\(s\) were identified for the package\W{1,12}(?P=all) wheel\(s\) were skipped as your"
    r" project's environment does not support the identified (?:python|abi) tags",
    r"requires a different Python: |(?:Requires-Python|requires-python) (?:[><=!~]|specifier)",
    r"Ignored the following versions that require a different python version",
    r"[Pp]ython 3\.1[1-9]\+? (?:is )?not (?:yet )?supported",
    r"(?:torch\.compile|[Dd]ynamo) (?:is )?not supported on Python 3\.\d+",
    r"package pytorch\S* requires python\b|(?:pytorch|torch)\S* -> python\[?version='",
    r"torch\S{0,40} requires Python \S{1,40}, so it will not be (?:satisfied|installable)",
    r"interpreter resolved to Python .{1,60}incompatible with the project's Python requirement",
    r"Skipping link: none of the wheel's tags match: cp\d{2,3}-",
    r"the current Python version .{0,40}does not satisfy Python[><=]",
)
TOO_EARLY = "There most likely were no wheels for Python {python} yet: torch {torch} of {day} was the first with them"
NOT_MADE = "torch {torch} has no wheels for Python {python}, only for {range}"
OF_INDEX = "The index of {build} has no wheels for Python {python}, only for {range}"
LOOK = "Show which Python it is, and whether it is a 64-bit one (True)"
_NOTHING = r"satisfies the requirement torch\S* \(from versions: none\)"
_OTHERS = r"satisfies the requirement torch\S* \(from versions: "
_NOTHING_OF = re.compile(r"requirement torch={2,3}(\d+\.\d+\.\d+)(?:\+\w+)? \(from versions: ")
_OF_BUILD = re.compile(r"://download\.pytorch\.org/whl/(cu\d{2,3}|cpu|xpu|rocm\d[\d.]*\d)\b")
_NONE_AT_ALL = r"No matching distribution found for torch\b(?![=<>!~\[])"
_OUT_OF_REACH = r"WARNING: Retrying|is not a trusted or secure host|Could not fetch URL|Skipping page"
_WHICH = "import sys; print(sys.version, sys.maxsize > 2**32)"
EXPLAINS = ("torch-not-installed", "torch-not-importable", "wrong-index-or-platform", "pinned-version-not-on-index")


def check(
    python: Python, host: Host | None, torch: Reading[Torch], runtime: Runtime | None, error: ErrorText | None
) -> Answer:
    minor = Version.of(python.version).cut(2)
    if len(minor) < 2:
        return cannot_tell("python.version")
    if there_is_none := _of_builds(minor, platform_of(host, python) if host and host.os else "", error):
        return there_is_none
    installed = torch.value is not None and torch.value.version != ""
    if installed or (runtime and runtime.imported):
        return cannot_tell("error.text")
    told = _nvidia.matching_line(_NOTHING, None, None, error)
    platform = platform_of(host, python) if host and host.os else ""
    first, day = first_torch(python.version or "", platform) if told and _was_reached(error) else ("", "")
    if first and (python.bits or 64) == 64:
        evidence = seen("python.version", python.version), seen("error.text", told)
        return there(*evidence, message=TOO_EARLY, python=minor, torch=first, day=day)
    told = _nvidia.matching_line(_OTHERS, None, None, error)
    asked, made = _asked_for(told, platform) if _was_reached(error) else ("", [])
    if made and minor not in made:
        known = f"{min(made)} to {max(made)}"
        evidence = seen("python.version", python.version, known), seen("error.text", told)
        return there(*evidence, message=NOT_MADE, torch=asked, python=minor, range=known)
    if not torch.looked:
        return cannot_tell("error.text")
    versions = _pythons.with_wheels()
    known = f"{versions[0]} to {versions[-1]}"
    if minor not in versions:
        return there(seen("python.version", python.version, known), python=python.version, range=known)
    if python.free_threaded and minor < (3, 14):  # 3.13t wheels ended with 2.12; older ones never had any
        return there(seen("python.free_threaded", True, False), message=THREADED, python=python.version)
    return cannot_tell("error.text")  # the release that was asked for may have none


def _of_builds(minor: Version, platform: str, error: ErrorText | None) -> Answer | None:
    """The indexes that were asked for any torch, where each stopped before this Python came out."""
    told = _nvidia.matching_line(_NONE_AT_ALL, None, None, error)
    builds = dict.fromkeys(_OF_BUILD.findall(error.text)) if told and error and _was_reached(error) else {}
    made = {build: _pythons.of_build(build, platform) for build in builds}
    if not platform or not made or not all(made.values()) or any(minor <= max(known) for known in made.values()):
        return None
    build, known = next(iter(made.items()))
    between = f"{min(known)} to {max(known)}"
    evidence = seen("python.version", minor, between), seen("error.text", told)
    return there(*evidence, message=OF_INDEX, build=build, python=minor, range=between)


def _asked_for(told: str, platform: str) -> tuple[str, list[Version]]:
    """The release of which the index has no wheel for this Python, and the Pythons that it has wheels for."""
    found = _NOTHING_OF.search(told)
    release = catalog.release(found[1]) if found else None
    if release is None:
        return "", []
    tags = {tag for wheel in release.wheels if wheel.platform == platform for tag in wheel.python}
    found_tags = (re.fullmatch(r"cp(3)(\d{1,2})", tag) for tag in tags)
    return release.torch, [Version.of(f"{tag[1]}.{tag[2]}") for tag in found_tags if tag]


def _was_reached(error: ErrorText | None) -> bool:
    """The index answered."""
    return not _nvidia.matching_line(_OUT_OF_REACH, None, None, error)


def remedies(python: Python | None, host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    make = NewEnvironment(python=_pythons.usual())
    minor = Version.of(python.version).cut(2) if python else Version()
    if minor and _of_builds(minor, platform_of(host, python) if host and host.os else "", error):
        return FittingTorch(), make  # another index may have it
    threaded = python is not None and bool(python.free_threaded)
    known = bool(minor) and (threaded or minor not in _pythons.with_wheels())
    return (make,) if known else (AskPython(code=_WHICH, title=LOOK), make)

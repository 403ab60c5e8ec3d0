"""Trees of packages: `uv tree`, `uv pip tree`, `pipdeptree`, `poetry show --tree`.

uv and poetry draw what is locked: of a package that is there in two versions nobody knows which is installed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Package, Packages
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness

TITLE = "a tree of packages"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT = (
    r"[│├└─ ]*[├└]─+ \w[\w.-]* [\d<>=*^~!]",  # what a package of poetry's tree asks for
    r"\(\*\) Package tree already displayed",
    r"[│├└─ ]+\w[\w.-]* v\d\S* \(\*\)",
)
_NAME, _VERSION = r"[A-Za-z0-9][\w.-]{0,80}", r"\d[\w.!+]{0,60}"
_BRANCH = re.compile(rf"^[│├└─ ]{{3,}}({_NAME})(?:\[[^\]]{{0,80}}\])? v({_VERSION})(?: \([^)]{{0,80}}\))*\s*$")
_INSTALLED = re.compile(rf"^[│├└─ +|`-]*({_NAME}) \[required: [^\]]{{1,80}}, installed: ({_VERSION})\]\s*$")
_ROOT = re.compile(rf"^({_NAME})(?:\[[^\]]{{0,80}}\])?(?: v|==| )({_VERSION})(?: \S.{{0,200}})?\s*$")
_IS_BRANCH = re.compile(r"^[│├└─ +|`-]*[├└|`+]")


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    found: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        above = lines[index - 1] if index else ""
        is_root = _IS_BRANCH.match(below) or (found and _IS_BRANCH.match(above))
        if row := _BRANCH.match(line) or _INSTALLED.match(line) or (_ROOT.match(line) if is_root else None):
            found[index] = normalised_name(row[1]), row[2]
    if not any(_IS_BRANCH.match(lines[index]) or " v" in lines[index] for index in found):
        return {}, set()
    versions: dict[str, set[str]] = {}
    for name, version in found.values():
        versions.setdefault(name, set()).add(version)
    packages = tuple(Package(name, told.pop(), installer="pip") for name, told in versions.items() if len(told) == 1)
    block = range(min(found), len(lines))
    return {"packages": Packages(packages, complete=False)}, {*found} | left_out(lines, LEFT_OUT, block)

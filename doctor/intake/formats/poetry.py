"""`poetry show` and `poetry env info`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Host, Package, Packages, Python
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "`poetry show` or `poetry env info`"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT = (
    r"(?:Implementation|Path|Executable|Valid|OS):\s",
    r"Base$|Poetry$|Version: ",
    r"(?:description|latest)\s+: ",
    r"(?:dependencies|required by)$",
    r"[\w.-]+ (?:[<>=*^~!]\S*|requires )",
)
_NAME, _VERSION = r"[A-Za-z0-9][\w.-]{0,80}", r"\d[\w.!+]{0,60}"
_COMMAND = re.compile(r"(?:^|[$#>%!]\s*)poetry show\b")
_ROW = re.compile(rf"^({_NAME})\s+(?P<missing>\(!\)\s+)?({_VERSION})(?:\s+\S.{{0,200}})?\s*$")
_ONE = re.compile(rf"^\s?(?P<key>name|version)\s+: (?P<value>{_NAME}|{_VERSION})\s*$")
_VALUE = re.compile(r"^(Python|Platform):\s+(\S+)\s*$")
_SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    used: set[int] = set()
    rows = [*_rows(lines, used), *_one(lines, used)]
    packages = tuple(Package(normalised_name(name), version, installer="poetry") for name, version in rows)
    facts: Partial = {"packages": Packages(packages, complete=False)} if packages else {}
    return {**facts, **_environment(lines, used)}, used


def _rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """Rows below the command; what "(!)" marks is locked and not installed."""
    found = []
    for start in (i for i, line in enumerate(lines) if _COMMAND.search(line)):
        for index in range(start + 1, len(lines)):
            row = _ROW.match(lines[index])
            if not row:
                break
            used |= {start, index}
            found += [] if row["missing"] else [(row[1], row[3])]
    return found


def _one(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """ "name : torch" then "version : 2.2.1", of `poetry show torch`."""
    found = []
    for index in range(len(lines) - 1):
        name, version = _ONE.match(lines[index]), _ONE.match(lines[index + 1])
        if name and version and (name["key"], version["key"]) == ("name", "version"):
            end = next((i for i in range(index + 2, len(lines)) if re.match(r"^\S*[$#>]", lines[i])), len(lines))
            used |= {index, index + 1} | left_out(lines, LEFT_OUT, range(index + 2, end))
            found.append((name["value"], version["value"]))
    return found


def _environment(lines: Sequence[str], used: set[int]) -> Partial:
    """The section "Virtualenv", whose Python is the one that counts, and the platform below "Base"."""
    head = next((index for index, line in enumerate(lines) if line.strip() == "Virtualenv"), None)
    if head is None:
        return {}
    told: dict[str, str] = {}
    end = next((i for i in range(head + 1, len(lines)) if lines[i].strip() and not _belongs(lines, i)), len(lines))
    for index in range(head, end):
        if value := _VALUE.match(lines[index]):
            told.setdefault(value[1], value[2])
            used.add(index)
    if not told:
        return {}
    used |= {head} | left_out(lines, LEFT_OUT, range(head + 1, end))
    version = told.get("Python", "")
    python = Python(version=version) if re.fullmatch(r"\d\.\d{1,2}\.\d{1,2}", version) else None
    return known_sections({"python": python, "host": Host(os=_SYSTEMS.get(told.get("Platform", "")))})


def _belongs(lines: Sequence[str], index: int) -> bool:
    return bool(_VALUE.match(lines[index]) or left_out(lines, LEFT_OUT[:2], (index,)))

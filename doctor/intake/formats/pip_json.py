"""Lists of packages in JSON, of pip, uv and conda, and `pip inspect`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from doctor.facts import Conda, CondaPackage, Host, Package, Packages
from doctor.intake import platforms
from doctor.intake.formats import conda as conda_list
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.merge import Partial, merge
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness

TITLE = "a list of packages in JSON"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()
_INSPECTED = re.compile(r'^\s*"pip_version": "\d')
_OPENING = re.compile(r'^\s*(?:\{|"version": "\d")')
_VALUE = re.compile(r'^\s*"(\w{1,40})": "([^"]{1,200})",?\s*$')
_ENTRY = ("name", "version")
_MOST = 8  # texts that could be JSON in one paste
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts, used = _inspected(lines)
    for place, document in _documents(lines) if not used else ():
        if told := _listed(document if isinstance(document, list) else []):
            facts = merge(facts, told)
            used.update(place)
    return facts, used


def _inspected(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """`pip inspect`, by its lines: descriptions of packages have quotes in them that pasting undoes."""
    head = next((index for index, line in enumerate(lines) if _INSPECTED.match(line)), None)
    if head is None:
        return {}, set()
    end = next((index for index in range(head, len(lines)) if lines[index].startswith("}")), len(lines) - 1)
    block = range(head, end + 1)
    values = [(found[1], found[2]) for index in block if (found := _VALUE.match(lines[index]))]
    rows = [{"name": one, "version": two} for (key, one), (then, two) in pairwise(values) if (key, then) == _ENTRY]
    opening = max(0, head - 2)
    used = {*block, *(index for index in range(opening, head) if _OPENING.match(lines[index]))}
    return {**_listed(rows), **_environment(dict(values))}, used


def _documents(lines: Sequence[str]) -> Iterator[tuple[range, Any]]:
    """Where a line opens a list or an object that can be read to its end."""
    starts = [index for index, line in enumerate(lines) if line.lstrip()[:2] in ("[", "[{", "{", '{"')]
    end = tried = 0
    for start in starts:
        if start < end or tried >= _MOST:
            continue
        tried += 1
        text = "\n".join(lines[start:]).lstrip()
        try:
            document, length = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            continue
        end = start + text.count("\n", 0, length) + 1
        yield range(start, end), document


def _has(entry: Any, *keys: str) -> bool:
    return isinstance(entry, Mapping) and all(isinstance(entry.get(key), str) for key in keys)


def _listed(entries: Sequence[Any]) -> Partial:
    """All entries have a name and a version, or this is no list of packages."""
    if not entries or not all(_has(entry, "name", "version") for entry in entries):
        return {}
    if all(_has(entry, "build_string") for entry in entries):
        rows = [CondaPackage(e["name"], e["version"], e["build_string"], str(e.get("channel", ""))) for e in entries]
        return {"conda": Conda(packages=tuple(rows)), **conda_list.python_packages(rows)}
    names = dict.fromkeys((normalised_name(entry["name"]), entry["version"]) for entry in entries)
    whole = len(names) > 1 and any(name == "pip" for name, _ in names)
    return {"packages": Packages(tuple(Package(n, v, installer="pip") for n, v in names), complete=whole)}


def _environment(told: Mapping[str, str]) -> Partial:
    """The markers of the environment (PEP 508), as `pip inspect` has them."""
    python = platforms.python_of(told.get("python_full_version", ""))
    release = told.get("platform_release")
    os = _SYSTEMS.get(told.get("sys_platform", ""))
    machine = told.get("platform_machine", "").replace("AMD64", "x86_64") or None
    host = Host(os=os, architecture=machine, kernel=release if os == "linux" else None)
    return known_sections({"python": python, "host": host})

"""Lists of packages in JSON, of pip, uv and conda, and `pip inspect`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doctor.facts import Conda, CondaPackage, Host, Package, Packages, Python
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
_MOST = 8  # texts that could be JSON in one paste
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    facts: Partial = {}
    used: set[int] = set()
    for place, document in _documents(lines):
        if told := _facts(document):
            facts = merge(facts, told)
            used.update(place)
    return facts, used


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


def _facts(document: Any) -> Partial:
    if isinstance(document, Mapping) and isinstance(document.get("installed"), list):
        metadata = [entry["metadata"] for entry in document["installed"] if _is_entry(entry, "metadata", Mapping)]
        environment = document.get("environment")
        return {**_listed(metadata), **(_environment(environment) if isinstance(environment, Mapping) else {})}
    return _listed(document) if isinstance(document, list) else {}


def _is_entry(entry: Any, key: str, kind: type) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get(key), kind)


def _listed(entries: Sequence[Any]) -> Partial:
    """All entries have a name and a version, or this is no list of packages."""
    if not entries or not all(_is_entry(entry, "name", str) and _is_entry(entry, "version", str) for entry in entries):
        return {}
    if all(_is_entry(entry, "build_string", str) for entry in entries):
        rows = [CondaPackage(e["name"], e["version"], e["build_string"], str(e.get("channel", ""))) for e in entries]
        return {"conda": Conda(packages=tuple(rows)), **conda_list.python_packages(rows)}
    names = dict.fromkeys((normalised_name(entry["name"]), entry["version"]) for entry in entries)
    whole = len(names) > 1 and any(name == "pip" for name, _ in names)
    return {"packages": Packages(tuple(Package(n, v, installer="pip") for n, v in names), complete=whole)}


def _environment(environment: Mapping[str, Any]) -> Partial:
    """The markers of the environment (PEP 508), as `pip inspect` has them."""
    told = {key: str(value) for key, value in environment.items()}
    python = platforms.python_of(told.get("python_full_version", ""))
    release = told.get("platform_release")
    os = _SYSTEMS.get(told.get("sys_platform", ""))
    machine = told.get("platform_machine", "").replace("AMD64", "x86_64") or None
    host = Host(os=os, architecture=machine, kernel=release if os == "linux" else None)
    return known_sections({"python": python or Python(), "host": host})

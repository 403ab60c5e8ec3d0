"""environment.yml of conda as requirements: its pip section, and the packages that PyPI has under a known name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier

from doctor.catalog import conda_names
from doctor.catalog.specifiers import requirement, specifier
from doctor.setup import requirements
from doctor.text.documents import Unparsable, yaml

_SPEC = re.compile(r"(?:[\w./-]+::)?(?P<name>[\w.-]+)(?P<version>[^\[]*)(?P<more>\[.*\])?")
_INSIDE = re.compile(r"""\bversion\s*=\s*(['"])(.+?)\1""")  # numpy[version='>=1.26']
_PLAIN = re.compile(r"(={1,2})?\s*(\d[\w.]*?)(\.?\*)?([=\s]\S+)?")  # "=1.2", "==1.2", "1.2.*", with a build behind it


def read(path: Path) -> tuple[tuple[Requirement, ...], str, tuple[str, ...]]:
    """What it asks of PyPI, what it asks of Python, and its lines that are not taken over.

    Raises InvalidRequirement for what is no such file.
    """
    rows = _dependencies(path)
    sections = [row.get("pip") for row in rows if isinstance(row, dict)]
    pip = [str(line) for section in sections if isinstance(section, list) for line in section]
    asked, left = requirements.sort_out(pip)
    python, others = "", list(left)
    for text in (row for row in rows if isinstance(row, str)):
        name, version = _parted(text)
        if name == "python" and version is not None:
            python = version
        elif name != "pip":
            known = conda_names.on_pypi(name) if version is not None else ""
            asked = (*asked, requirement(f"{known}{version}")) if known else asked
            others += [] if known else [text]
    return asked, python, tuple(others)


def _dependencies(path: Path) -> list[Any]:
    try:
        loaded = yaml(requirements.text_of(path))
    except Unparsable as error:
        raise InvalidRequirement(str(error)) from error
    rows = loaded.get("dependencies") if isinstance(loaded, dict) else None
    if not isinstance(rows, list):
        raise InvalidRequirement("it has no list of dependencies")
    return rows


def _parted(text: str) -> tuple[str, str | None]:
    """("numpy", "==1.26.*") of "conda-forge::numpy=1.26"; None for a version that pip has no words for."""
    found = _SPEC.fullmatch(text.strip())
    if not found:
        return text, None
    inside = _INSIDE.search(found["more"] or "")
    version = inside[2] if inside else found["version"].strip()
    plain = _PLAIN.fullmatch(version)
    if plain:
        open_end = plain[3] or (plain[1] == "=" and not plain[4])
        version = f"=={plain[2]}{'.*' if open_end else ''}"
    try:
        specifier("" if version == "*" else version)
    except InvalidSpecifier:
        return found["name"].lower(), None
    return found["name"].lower(), "" if version == "*" else version

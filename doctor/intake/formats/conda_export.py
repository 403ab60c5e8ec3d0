"""Environments that conda wrote down: `conda env export`, `conda list --export` and `--explicit`.

They name builds, or a version of every package and where the environment is (`--no-builds`), which people do not: any
other file without builds is a request (`doctor.intake.formats.wanted`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from doctor.facts import Conda, CondaPackage, Host
from doctor.intake.formats.conda import SYSTEMS, host_of_packages, python_packages
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.privacy import redact, redact_path

TITLE = "an environment that conda wrote down"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT = (
    r"# This file may be used to create an environment",
    r"# \$ conda create",
    r"# created-by: ",
    r"@EXPLICIT",
    r"(?:channels|dependencies|pip):\s*$",
    r"[A-Za-z][\w.-]{0,40}(?:=\d[\w.]{0,20})?$",  # a package without a build among those that have one
)
_NAME, _VERSION, _BUILD = r"[A-Za-z0-9_][\w.-]{0,80}", r"\d[\w.!+]{0,60}", r"\w[\w.]{0,100}"
_ROW = re.compile(rf"^(?:\s*- )?({_NAME})=({_VERSION})=({_BUILD})\s*$")
_PIP = re.compile(rf"^\s+- ({_NAME})==({_VERSION})\s*$")
_FILE = re.compile(
    rf"^https?://\S{{1,200}}/(?P<channel>[^/\s]+)/(?P<subdir>[a-z]+-\w+|noarch)/(?P<name>{_NAME})-(?P<version>{_VERSION})"
    rf"-(?P<build>{_BUILD})\.(?:conda|tar\.bz2)(?:#\w+)?\s*$"
)
_CHANNEL = re.compile(r"^\s*- (\S{2,100})\s*$")
_KEY = re.compile(r"^(?P<key>name|prefix|# platform): (?P<value>\S.*?)(?<!\s)\s*$")
_PINNED = re.compile(rf"^\s*- ({_NAME})=({_VERSION})\s*$")
_ENOUGH = 2  # rows with a build that make a file
_ENOUGH_PINNED = 15  # rows without


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    rows = dict(_rows(lines))
    built = sum(bool(row.build) for row in rows.values())
    if built < _ENOUGH and not _is_without_builds(lines):
        return {}, set()
    channels = dict(_channels(lines))
    told = {m["key"]: (i, m["value"]) for i, line in enumerate(lines) if (m := _KEY.match(line))}
    values = {key: redact(value) for key, (_, value) in told.items()}
    conda = Conda(
        prefix=redact_path(values["prefix"]) if "prefix" in values else None,
        name=values.get("name"),
        channels=tuple(channels.values()),
        packages=tuple(rows.values()),
    )
    host = _host(values.get("# platform") or next(filter(None, map(_subdir, lines)), ""))
    host = host or host_of_packages(conda.packages)
    used = {*rows, *channels, *(index for index, _ in told.values())}
    block = range(max(0, min(used) - 4), max(rows) + 1)
    facts = {**known_sections({"conda": conda, "host": host}), **python_packages(conda.packages)}
    return facts, used | left_out(lines, LEFT_OUT, block)


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, CondaPackage]]:
    below_pip = False
    without_builds = _is_without_builds(lines)
    for index, line in enumerate(lines):
        below_pip = bool(re.match(r"^\s*- pip:\s*$", line)) or (below_pip and bool(_PIP.match(line)))
        if row := _ROW.match(line):
            yield index, CondaPackage(row[1], row[2], row[3], "pypi" if row[3].startswith("pypi") else "")
        elif row := _PINNED.match(line) if without_builds else None:
            yield index, CondaPackage(row[1], row[2], "", "")
        elif row := _FILE.match(line):
            yield index, CondaPackage(row["name"], row["version"], row["build"], row["channel"])
        elif below_pip and (row := _PIP.match(line)):
            yield index, CondaPackage(row[1], row[2], "", "pypi")


def _is_without_builds(lines: Sequence[str]) -> bool:
    """conda writes where the environment was, and every package with its version."""
    named = [line for line in lines if _CHANNEL.match(line) and "=" in line]
    pinned = [line for line in named if _PINNED.match(line)]
    return (
        len(pinned) >= _ENOUGH_PINNED
        and any((key := _KEY.match(line)) and key["key"] == "prefix" for line in lines)
        and not any(_ROW.match(line) for line in named)
    )


def _channels(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for start in (i for i, line in enumerate(lines) if line.rstrip() == "channels:"):
        rows = takewhile(lambda row: row[1], ((i, _CHANNEL.match(lines[i])) for i in range(start + 1, len(lines))))
        yield from ((index, redact(row[1])) for index, row in rows if row)


def _subdir(line: str) -> str:
    found = _FILE.match(line)
    return found["subdir"] if found and found["subdir"] != "noarch" else ""


def _host(platform: str) -> Host | None:
    os, machine = SYSTEMS.get(platform, (None, None))
    return Host(os=os, architecture=machine) if os else None

"""Python distributions: `pip list` (columns), `pip freeze`, `uv pip list`, `pip show`, and lists inside dumps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import unquote

from doctor.facts import Package, Packages, Python
from doctor.intake.keyed import left_out
from doctor.intake.merge import Partial, merge
from doctor.intake.witness import Witness

TITLE = "`pip list`, `pip freeze` or `pip show`"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT = (  # of `pip show`
    "Summary|Home-page|Author(?:-email)?|License(?:-Expression)?|Location|Editable project location|Requires"
    "|Required-by|Classifiers|Project-URLs|Metadata-Version|Entry-points|Files",
)

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}"
_VERSION = r"\d[\w.!+-]{0,60}"
_COLUMN_HEAD = re.compile(r"^\s*Package\s+Version\b", re.IGNORECASE)
_COLUMN = re.compile(rf"^\s*({_NAME})\s+\(?({_VERSION})\)?,?(?:\s+\S.{{0,200}})?\s*$")
_PINNED = re.compile(rf"^\s*(?:[-*]\s+)?({_NAME})(?:\[[^\]]{{0,80}}\])?\s?==\s?({_VERSION})\s*(?:[;#].*|\\)?$")
_DIRECT = re.compile(rf"^({_NAME}) @ (\S+)")
_WHEEL = re.compile(r"/([A-Za-z0-9._]+)-(\d[\w.!+]*?)(?:-\d+)?-(?:cp|py|pp)\w+(?:\.\w+)*-\w+-[\w.]+\.whl")
_TAGGED = re.compile(rf"^\s*\[pip\d?\]\s+({_NAME})\s*(?:==\s*|\()({_VERSION})\)?")
_COMMAND = re.compile(r"(?:^|[$#>%!]\s*)(?:python[\d.]* -m |uv )?pip[\d.]* (?:list|freeze)\b")
_SITE = re.compile(r"[/\\][Pp]ython(3)\.?(\d{1,2})t?[/\\](?:lib[/\\])?(?:site|dist)-packages")
_BULLETED = re.compile(rf"^\s*[-*] ({_NAME}) ({_VERSION})\s*$")
_SECTION = re.compile(r"Versions of relevant libraries|relevant packages|installed packages", re.IGNORECASE)
_RULE = re.compile(r"^\s*-{3,}")
_ENOUGH = 3  # pinned lines in a row that make a freeze rather than a remark
_MANY = 6  # bulleted rows that make a list of packages; a shorter one may be of systems and machines
_COMPLETE = 5  # rows under a header that make a whole list rather than a cut one


def normalised_name(name: str) -> str:
    """The name of a distribution in its one spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """The packages listed, and the indexes of those lines."""
    used: set[int] = set()
    columns, whole = _columns(lines, used)
    found = [*_tagged_rows(lines, used), *columns]
    found += [
        row
        for rows in (_asked_rows, _section_rows, _bulleted_rows, _freeze_rows, _show_rows)
        for row in rows(lines, used)
    ]
    packages: dict[str, Package] = {}
    for name, told in found:
        version = told.rstrip("+")  # of a list that was cut off in a label
        packages.setdefault(normalised_name(name), Package(normalised_name(name), version, installer="pip"))
    facts: Partial = {"packages": Packages(tuple(packages.values()), complete=whole)} if packages else {}
    python = _python(lines, used)
    return (merge(facts, {"python": Python(version=python)}) if python else facts), used


def _python(lines: Sequence[str], used: set[int]) -> str | None:
    """The Python in whose folder `pip show` and `pip list -v` say that packages lie."""
    found = {f"{m[1]}.{m[2]}" for index in used if (m := _SITE.search(lines[index]))}
    return found.pop() if len(found) == 1 else None


def _tagged_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """ "[pip3] torch==2.1.0"; torch 1.0 wrote "[pip3] torch (1.0.0)"."""
    found = []
    for index, line in enumerate(lines):
        if match := _TAGGED.match(line):
            used.add(index)
            found.append((match[1], match[2]))
    return found


def _columns(lines: Sequence[str], used: set[int]) -> tuple[list[tuple[str, str]], bool]:
    """Rows under each "Package  Version" header, and whether one of the lists looks whole."""
    lists = []
    for head in (i for i, line in enumerate(lines) if _COLUMN_HEAD.match(line)):
        used.add(head)
        lists.append(_rows(lines, head + 1, used))
    return [row for rows in lists for row in rows], any(_is_whole(rows) for rows in lists)


def _is_whole(rows: Sequence[tuple[str, str]]) -> bool:
    names = {normalised_name(name) for name, _ in rows}
    return len(rows) >= _COMPLETE and bool(names & {"pip", "setuptools", "wheel"})


def _asked_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """Rows without a header, below the command that chose them: `pip list | grep torch`."""
    found = []
    for start in (i for i, line in enumerate(lines) if _COMMAND.search(line)):
        for index in range(start + 1, len(lines)):
            match = _COLUMN.match(lines[index]) or _PINNED.match(lines[index])
            if not match or index in used:
                break
            used |= {start, index}
            found.append((match[1], match[2]))
    return found


def _rows(lines: Sequence[str], start: int, used: set[int]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for index in range(start, len(lines)):
        match = _COLUMN.match(lines[index])
        if match:
            used.add(index)
            found.append((match[1], match[2]))
        elif _RULE.match(lines[index]):
            used.add(index)
        elif found or lines[index].strip():
            break
    return found


def _section_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """Columns under "Versions of relevant libraries:" that carry no tag."""
    found = []
    for start in (i + 1 for i, line in enumerate(lines) if _SECTION.search(line)):
        for index in range(start, len(lines)):
            match = _PINNED.match(lines[index]) or _COLUMN.match(lines[index])
            if match and match[1] not in ("pip3", "conda"):
                used.add(index)
                found.append((match[1], match[2]))
            elif not re.match(r"^\s*\[(?:pip\d?|conda)\]", lines[index]):
                break
    return found


def _bulleted_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """ "- torch 2.6.0+cu126" among many of its kind, as launchers list packages."""
    found: list[tuple[str, str]] = []
    run: list[tuple[int, str, str]] = []
    for index, line in enumerate([*lines, ""]):
        if row := _BULLETED.match(line):
            run.append((index, row[1], row[2]))
            continue
        if len(run) >= _MANY:
            used.update(place for place, _, _ in run)
            found += [(name, version) for _, name, version in run]
        run = []
    return found


def _freeze_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """Pinned lines, several in a row; a lone one is a remark about a wish, not a list of what is installed."""
    found: list[tuple[str, str]] = []
    run: list[tuple[int, str, str]] = []
    for index, line in enumerate([*lines, ""]):
        entry = _freeze_row(line)
        if entry:
            run.append((index, *entry))
            continue
        if len(run) >= _ENOUGH:
            used.update(i for i, _, _ in run)
            found += [(name, version) for _, name, version in run if version]
        run = []
    return found


def _freeze_row(line: str) -> tuple[str, str] | None:
    if match := _PINNED.match(line):
        return match[1], match[2]
    if match := _DIRECT.match(line):
        wheel = _WHEEL.search(unquote(match[2]))
        return match[1], wheel[2] if wheel else ""
    return (line, "") if line.startswith(("-e git", "-e file", "# Editable")) else None


def _show_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str]]:
    """ "Name: torch" then "Version: 2.1.0", and what else `pip show` prints of it."""
    found = []
    for index, line in enumerate(lines[:-1]):
        name = re.match(rf"^Name:\s*({_NAME})\s*$", line)
        version = re.match(rf"^Version:\s*({_VERSION})\s*$", lines[index + 1])
        if name and version:
            used |= {index, index + 1}
            rest = takewhile(lambda i: left_out(lines, LEFT_OUT, (i,)), range(index + 2, len(lines)))
            used.update(rest)
            found.append((name[1], version[1]))
    return found

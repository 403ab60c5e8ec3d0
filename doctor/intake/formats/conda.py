"""`conda list`, also of mamba, micromamba and pixi, and the "[conda]" lines of a dump."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doctor.facts import Conda, CondaPackage, Host, Package, Packages, Python
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.merge import Partial
from doctor.intake.values import known_sections
from doctor.intake.witness import Witness
from doctor.privacy import redact, redact_path

TITLE = "`conda list`"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_WORD = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,80}"
_ROW = re.compile(rf"^\s*({_WORD})\s+(\d[\w.!+]{{0,60}})\s+(\S{{1,120}})(?:\s+(?:\[\S*\]\s+)?(\S{{1,160}}))?\s*$")
_TAGGED = re.compile(
    rf"^\s*\[conda\]\s+({_WORD})\s+(\d[\w.!+]{{0,60}})(?:\s+(\S{{1,120}}))?"
    r"(?:\s+(?:\[\S*\]\s+)?(\S{1,160}))?\s*$"
)
_BUILD = re.compile(r"py\d\S{1,60}|h[0-9a-f]{6,8}_\d{1,3}|pypi_0|(?:[cg]pu|cuda)(?:_\S{1,60})?|cuda\S{1,40}_\d{1,3}")
_HEAD = re.compile(
    r"^(?:#\s*packages in environment at\s+|\s*List of packages in environment: \"?)(\S.{0,300}?)\"?:?(?<!\s)\s*$"
)
_COLUMNS = re.compile(r"^#?\s*(?:Name|Package)\s+Version\s+Build\b")
_PIXI = re.compile(
    rf"^\s*({_WORD})\s+(\d[\w.!+]{{0,60}})(?:\s+(\S{{1,120}}))??(?:\s+[\d.]+ [KMG]iB)?"
    r"\s+(conda|pypi)(?:\s+\S.{0,200})?\s*$"
)
_COMMAND = re.compile(r"(?:^|[$#>%!]\s*)(?:conda|mamba|micromamba) list\b")
# Distributions whose conda package has another name
_TELLING = ("pytorch", "cpuonly", "pytorch-mutex", "_pytorch_select")  # a row of one of these is not there by chance
_PYTHON_NAMES = {"pytorch": "torch", "pytorch-gpu": "torch", "pytorch-cpu": "torch", "py-opencv": "opencv-python"}
_METAPACKAGES = {"pytorch-gpu", "pytorch-cpu"}
SYSTEMS = {
    "linux-64": ("linux", "x86_64"),
    "linux-aarch64": ("linux", "aarch64"),
    "osx-64": ("macos", "x86_64"),
    "osx-arm64": ("macos", "arm64"),
    "win-64": ("windows", "x86_64"),
}
_OF_SYSTEM = re.compile(rf"\w_({'|'.join(SYSTEMS)})$")  # "ld_impl_linux-64"
Row = tuple[str, str, str, str]  # name, version, build, channel


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """conda's packages, and the indexes of the lines that tell them."""
    used: set[int] = set()
    rows = [*_tagged_rows(lines, used), *_listed_rows(lines, used), *_asked_rows(lines, used)]
    rows += _bare_rows(lines, used)
    packages = tuple(CondaPackage(*row) for row in rows)
    conda = Conda(prefix=_prefix(lines, used), packages=packages)
    facts: Partial = {}
    if conda != Conda():
        facts["conda"] = conda
    return {**facts, **python_packages(packages), **known_sections({"host": host_of_packages(packages)})}, used


def _tagged_rows(lines: Sequence[str], used: set[int]) -> list[Row]:
    return _matching_rows(_TAGGED, lines, range(len(lines)), used)


def _listed_rows(lines: Sequence[str], used: set[int]) -> list[Row]:
    """Rows under conda list's header."""
    start = next((i for i, line in enumerate(lines) if _HEAD.match(line) or _COLUMNS.match(line)), None)
    if start is None:
        return []
    end = next((i for i in range(start + 1, len(lines)) if not _is_list_line(lines[i])), len(lines))
    used.update(index for index in range(start, end) if not _ROW.match(lines[index]))
    by_pixi = "Package" in lines[start]
    return _matching_rows(_PIXI if by_pixi else _ROW, lines, range(start + 1, end), used)


def _asked_rows(lines: Sequence[str], used: set[int]) -> list[Row]:
    """Rows without a header, below the command that chose them: `conda list | grep torch`."""
    found = list[Row]()
    for start in (i for i, line in enumerate(lines) if _COMMAND.search(line)):
        end = next((i for i in range(start + 1, len(lines)) if not _ROW.match(lines[i])), len(lines))
        if start + 1 not in used and end > start + 1:
            used.add(start)
            found += _matching_rows(_ROW, lines, range(start + 1, end), used)
    return found


def _bare_rows(lines: Sequence[str], used: set[int]) -> list[Row]:
    """Rows that somebody copied out of a list, each with a build as conda names them: two or more, or pytorch's."""
    found = list[Row]()
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and index not in used and _is_bare(lines[index]):
            continue
        if index - start > 1 or (lines[start:index] and lines[start].split()[0] in _TELLING):
            found += _matching_rows(_ROW, lines, range(start, index), used)
        start = index + 1
    return found


def _is_bare(line: str) -> bool:
    row = _ROW.match(line)
    return row is not None and _BUILD.fullmatch(row[3] or "") is not None


def _is_list_line(line: str) -> bool:
    blank = set(line.strip()) <= {"─", "-", " "}
    shapes = (_COLUMNS, _ROW, _PIXI)
    return blank or line.startswith("#") or any(shape.match(line) for shape in shapes)


def _matching_rows(shape: re.Pattern[str], lines: Sequence[str], indexes: range, used: set[int]) -> list[Row]:
    found = []
    for index in indexes:
        if match := shape.match(lines[index]):
            used.add(index)
            found.append((match[1], match[2], match[3] or "", match[4] or ""))
    return found


def _prefix(lines: Sequence[str], used: set[int]) -> str | None:
    for index, line in enumerate(lines):
        if found := _HEAD.match(line):
            used.add(index)
            return redact_path(redact(found[1]))
    return None


def python_packages(packages: Sequence[CondaPackage]) -> Partial:
    """What Python sees of them, under its names, and Python itself."""
    found: dict[str, Package] = {}
    for package in packages:
        if package.name in _METAPACKAGES:
            continue
        name = _PYTHON_NAMES.get(package.name, normalised_name(package.name))
        from_pip = (
            package.channel == "pypi"
            or package.build in ("pypi_0", "<pip>", "pypi")
            or package.build.startswith("dev_")
        )
        found.setdefault(name, Package(name, package.version, installer="pip" if from_pip else "conda"))
    facts: Partial = {"packages": Packages(tuple(found.values()), complete=False)} if found else {}
    return {**facts, "python": Python(version=found["python"].version)} if "python" in found else facts


def host_of_packages(packages: Sequence[CondaPackage]) -> Host | None:
    """The system that packages have in their names, where they agree."""
    told = {found[1] for package in packages if (found := _OF_SYSTEM.search(package.name))}
    os, machine = SYSTEMS[told.pop()] if len(told) == 1 else (None, None)
    return Host(os=os, architecture=machine) if os else None

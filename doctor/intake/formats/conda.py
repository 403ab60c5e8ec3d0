"""`conda list`, `conda info` (also of mamba and micromamba), and the "[conda]" lines of a dump."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from doctor.catalog import BuildTag
from doctor.facts import Conda, CondaPackage, Package, Packages
from doctor.intake.formats.pip_list import normalised_name
from doctor.intake.merge import Partial
from doctor.intake.witness import Witness
from doctor.privacy import redact, redact_path

TITLE = "`conda list` or `conda info`"
WITNESS = Witness.LIST
OPENS = ""
LEFT_OUT: tuple[str, ...] = ()

_WORD = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,80}"
_ROW = re.compile(rf"^\s*({_WORD})\s+(\d[\w.!+]{{0,60}})\s+(\S{{1,120}})(?:\s+(?:\[\S*\]\s+)?(\S{{1,160}}))?\s*$")
_TAGGED = re.compile(
    rf"^\s*\[conda\]\s+({_WORD})\s+(\d[\w.!+]{{0,60}})(?:\s+(\S{{1,120}}))?"
    r"(?:\s+(?:\[\S*\]\s+)?(\S{1,160}))?\s*$"
)
_HEAD = re.compile(r"^#\s*packages in environment at\s+(\S.{0,300}?):?\s*$")
_COLUMNS = re.compile(r"^#?\s*Name\s+Version\s+Build\b")
_INFO = re.compile(
    r"^\s*(active environment|active env location|conda version|virtual packages|channel URLs|platform|python version"
    r"|envs directories|package cache|config source|populated config files|user config file)\s*:\s*(.*)$"
)
_PLATFORM = r"/(?:linux|osx|win|noarch)[\w-]*$"
# Distributions whose conda package has another name
_PYTHON_NAMES = {"pytorch": "torch", "pytorch-gpu": "torch", "pytorch-cpu": "torch", "py-opencv": "opencv-python"}
_METAPACKAGES = {"pytorch-gpu", "pytorch-cpu"}


def read(lines: Sequence[str]) -> tuple[Partial, set[int]]:
    """conda's packages and settings, and the indexes of the lines that tell them."""
    used: set[int] = set()
    rows = [*_tagged_rows(lines, used), *_listed_rows(lines, used)]
    packages = tuple(CondaPackage(*row) for row in rows)
    conda = msgspec.structs.replace(_info(lines, used), prefix=_prefix(lines), packages=packages)
    facts: Partial = {}
    if conda != Conda():
        facts["conda"] = conda
    return {**facts, **python_packages(packages)}, used


def _tagged_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str, str, str]]:
    return _matching_rows(_TAGGED, lines, range(len(lines)), used)


def _listed_rows(lines: Sequence[str], used: set[int]) -> list[tuple[str, str, str, str]]:
    """Rows under conda list's header."""
    start = next((i for i, line in enumerate(lines) if _HEAD.match(line) or _COLUMNS.match(line)), None)
    if start is None:
        return []
    used.add(start)
    end = next((i for i in range(start + 1, len(lines)) if not _is_list_line(lines[i])), len(lines))
    return _matching_rows(_ROW, lines, range(start + 1, end), used)


def _is_list_line(line: str) -> bool:
    blank = set(line.strip()) <= {"─", "-", " "}
    return blank or line.startswith("#") or bool(_COLUMNS.match(line) or _ROW.match(line))


def _matching_rows(
    shape: re.Pattern[str], lines: Sequence[str], indexes: range, used: set[int]
) -> list[tuple[str, str, str, str]]:
    found = []
    for index in indexes:
        if match := shape.match(lines[index]):
            used.add(index)
            found.append((match[1], match[2], match[3] or "", match[4] or ""))
    return found


def _prefix(lines: Sequence[str]) -> str | None:
    found = next((m for m in map(_HEAD.match, lines) if m), None)
    return redact_path(redact(found[1])) if found else None


def _info(lines: Sequence[str], used: set[int]) -> Conda:
    """The settings that `conda info` shows."""
    values = _info_values(lines, used)
    name, version = (next(iter(values.get(key, [])), None) for key in ("active environment", "conda version"))
    virtual = values.get("virtual packages")
    channels = (redact(re.sub(_PLATFORM, "", url)) for url in values.get("channel URLs", ()))
    return Conda(
        name=redact(name) if name else None,
        version=version,
        virtual_packages=None if virtual is None else tuple("=".join(v.split("=")[:2]) for v in virtual),
        channels=tuple(dict.fromkeys(channels)),
    )


def _info_values(lines: Sequence[str], used: set[int]) -> dict[str, list[str]]:
    """Values by key; a value goes on over lines that have no key."""
    values: dict[str, list[str]] = {}
    current = ""
    if not any(re.match(r"^\s*conda version\s*:", line) for line in lines):
        return values
    for index, line in enumerate(lines):
        match = _INFO.match(line)
        if match:
            current = match[1]
            values[current] = [match[2].strip()] if match[2].strip() else []
        elif current and re.match(r"^\s{10,}\S", line) and " : " not in line:
            values[current].append(line.strip())
        else:
            current = ""
            continue
        used.add(index)
    return values


def python_packages(packages: Sequence[CondaPackage]) -> Partial:
    """What Python sees of them, under its names."""
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
    return {"packages": Packages(tuple(found.values()), complete=False)} if found else {}


def cuda_of_build(build: str) -> str | None:
    """CUDA of a pytorch conda build string: "" for a CPU build, None when the string does not tell.

    "py3.10_cuda12.1_cudnn8.9.2_0" (channel pytorch), "cuda118_py310h…" and "cpu_mkl_py39…" (conda-forge).
    """
    if found := re.search(r"cuda_?(\d{1,2}\.\d)", build):
        return found[1]
    if found := re.search(r"cuda_?(\d{2,3})(?!\d)", build):
        return BuildTag.of(f"cu{found[1]}").cuda or None
    return "" if re.search(r"(?:^|_)cpu(?:_|$)", build) else None

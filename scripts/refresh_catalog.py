#!/usr/bin/env python3
"""Compare the catalog's releases with a package index, show what differs, and write it when told to.

From the index come: releases and their days, the Pythons and platforms of their wheels, the oldest macOS, the CUDA
version PyPI's wheels are built with, the torch each torchvision asks for; from a copy of the PyTorch index also which
builds exist. What no index tells (arch lists, GPUs, drivers) is not touched.
Exit code: 0 nothing differs or it was written, 1 something differs, 2 the index cannot be read.
"""

from __future__ import annotations

import argparse
import datetime
import difflib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version
from wheel_index import Index, Wheel

from doctor.catalog import BuildTag
from doctor.model import DoctorError

RELEASES = Path(__file__).resolve().parent.parent / "doctor" / "catalog" / "releases.json"
SOURCE = "pypi-index"
COMPANIONS = ("torchvision", "torchaudio")
OLDEST = Version("1.0.0")
Row = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    options = _options(argv)
    try:
        index = Index(options.index_url or default_index(options.python))
        before = json.loads(options.catalog.read_text(encoding="utf-8"))
        after = refreshed(before, index)
    except DoctorError as error:
        print(f"{error.message}: {error.context}\n  to do: {error.hint}", file=sys.stderr)
        return 2
    difference = list(diff(before["releases"], after["releases"]))
    print("\n".join(difference) or "The catalog agrees with the index.")
    if difference and options.write:
        options.catalog.write_text(render(after), encoding="utf-8")
        print(f"Written: {options.catalog}", file=sys.stderr)
        return 0
    return int(bool(difference))


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index-url", metavar="URL", help="default: the one built into pip")
    parser.add_argument("--python", default=sys.executable, help="whose pip is asked for its default")
    parser.add_argument("--catalog", type=Path, default=RELEASES, help="the file to compare")
    parser.add_argument("--write", action="store_true", help="write what differs; without it nothing is changed")
    return parser.parse_args(argv)


def default_index(python: str) -> str:
    """The index that pip is built with, whatever is configured."""
    argv = [python, "-c", "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"]
    asked = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    if asked.returncode:
        raise DoctorError("refresh-pip", "pip does not tell its default index", python, "name one with --index-url")
    return asked.stdout.strip()


def refreshed(catalog: Row, index: Index) -> Row:
    """A copy of the catalog's file with what the index says."""
    rows = {row["torch"]: json.loads(json.dumps(row)) for row in catalog["releases"]}
    wheels = [wheel for wheel in index.wheels("torch") if Version(wheel.release) >= OLDEST]
    for version in sorted({Version(wheel.release) for wheel in wheels}):
        mine = [wheel for wheel in wheels if wheel.release == str(version)]
        row = rows.setdefault(str(version), _new_row(str(version), mine))
        _take_pypi_wheels(row, [wheel for wheel in mine if not wheel.build], index)
        _take_builds(row, [wheel for wheel in mine if wheel.build])
    for name in COMPANIONS:
        _take_companion(rows, name, index)
    ordered = sorted(rows.values(), key=lambda row: Version(row["torch"]))
    return {**catalog, "sources": _dated(catalog, ordered), "releases": ordered}


def _new_row(version: str, wheels: list[Wheel]) -> Row:
    days = sorted(wheel.uploaded for wheel in wheels if wheel.uploaded)
    asks = next((wheel.requires_python for wheel in wheels if wheel.requires_python), "")
    row: Row = {"torch": version, "date": days[0] if days else ""}
    if asks:
        row["requires_python"] = asks
    return row | {"wheels": [], "builds": [], "source": SOURCE, "confidence": "confirmed"}


def _take_pypi_wheels(row: Row, wheels: list[Wheel], index: Index) -> None:
    """The Pythons of each platform. glibc of a known row stays: old file names claim less than the binaries need."""
    for platform in sorted({wheel.platform for wheel in wheels}):
        mine = [wheel for wheel in wheels if wheel.platform == platform]
        known = next((entry for entry in row["wheels"] if entry["platform"] == platform), None)
        if known is None:
            known = {"platform": platform, "python": [], "pypi": pypi_build(mine[0], index)}
            if platform.startswith("linux") and mine[0].floor:
                known["glibc"] = mine[0].floor
            row["wheels"].append(known | {"source": SOURCE, "confidence": "confirmed"})
            known = row["wheels"][-1]
        known["python"] = _in_order({wheel.python for wheel in mine}, known["python"])
        if platform.startswith("macos"):
            _take_macos(known, mine)


def _take_macos(known: Row, wheels: list[Wheel]) -> None:
    """The oldest macOS, and the Pythons whose every wheel asks for a newer one."""
    floors = {
        python: min((wheel.floor for wheel in wheels if wheel.python == python), key=Version)
        for python in known["python"]
    }
    known["macos"] = min(floors.values(), key=Version)
    newer = {python: floor for python, floor in floors.items() if floor != known["macos"]}
    known.pop("macos_by_python", None)
    if newer:
        known["macos_by_python"] = newer


def _take_builds(row: Row, wheels: Iterable[Wheel]) -> None:
    """Files with a local version prove that a build exists for a platform."""
    for wheel in wheels:
        build = next((entry for entry in row["builds"] if entry["build"] == wheel.build), None)
        if build is None:
            build = {"build": wheel.build, "platforms": {}, "source": SOURCE, "confidence": "confirmed"}
            row["builds"].append(build)
        build["platforms"][wheel.platform] = "confirmed"
        build["confidence"] = "confirmed"


def pypi_build(wheel: Wheel, index: Index) -> str:
    """What PyPI's file of a platform is built for, by the NVIDIA packages it asks for."""
    if wheel.platform == "macos-arm64":
        return "mps"
    for text in index.metadata(wheel).get_all("Requires-Dist") or ():
        requirement = Requirement(text)
        version = next((part.version for part in requirement.specifier if part.operator == "=="), "")
        if re.fullmatch(r"cuda-toolkit|nvidia-cuda-runtime(-cu\d+)?", requirement.name) and version:
            return BuildTag.stated("", cuda=version).tag
    return "cpu"


def _take_companion(rows: dict[str, Row], name: str, index: Index) -> None:
    """Wheels of the known versions; a version no release has is asked which torch it wants."""
    wheels = [wheel for wheel in index.wheels(name) if not wheel.build]
    known = {row[name]["version"]: row for row in rows.values() if name in row}
    also = {version for row in rows.values() if name in row for version in row[name].get("also", ())}
    for version in sorted({Version(wheel.release) for wheel in wheels}):
        mine = [wheel for wheel in wheels if wheel.release == str(version)]
        for row in rows.values():
            if row.get(name, {}).get("version") == str(version):
                _take_tags(row[name], mine)
        if str(version) in known or str(version) in also or version < max(map(Version, known), default=version):
            continue
        torch = wanted_torch(mine[0], index)
        if torch in rows and name not in rows[torch]:
            rows[torch][name] = {"version": str(version), "wheels": {}, "source": SOURCE, "confidence": "confirmed"}
            _take_tags(rows[torch][name], mine)


def wanted_torch(wheel: Wheel, index: Index) -> str:
    """The one torch a companion pins; "" when it asks for none or for a range."""
    for text in index.metadata(wheel).get_all("Requires-Dist") or ():
        requirement = Requirement(text)
        pins = [part.version for part in requirement.specifier if part.operator == "=="]
        if requirement.name == "torch" and pins:
            return pins[0]
    return ""


def _take_tags(companion: Row, wheels: list[Wheel]) -> None:
    for platform in {wheel.platform for wheel in wheels}:
        tags = {wheel.python for wheel in wheels if wheel.platform == platform}
        companion["wheels"][platform] = _in_order(tags, companion["wheels"].get(platform, []))


def _in_order(tags: set[str], before: list[str]) -> list[str]:
    """As before when they are the same, so that a diff shows differences only; else by version, free-threaded last."""
    if tags == set(before):
        return before
    return sorted(tags, key=lambda tag: (tag.endswith("t"), int(re.sub(r"\D", "", tag)[1:] or 0)))


def _dated(catalog: Row, rows: list[Row]) -> Row:
    """The index was read today, when it said anything new."""
    if rows == catalog["releases"]:
        return dict(catalog["sources"])
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    entry = catalog["sources"].get(SOURCE, {"text": "simple index: wheel file names, upload times, METADATA"})
    return {**catalog["sources"], SOURCE: {**entry, "date": today}}


def diff(before: list[Row], after: list[Row]) -> Iterator[str]:
    """A unified diff of the rows that differ, one section a release."""
    old = {row["torch"]: row for row in before}
    for row in after:
        was = old.get(row["torch"])
        if row == was:
            continue
        old_lines, new_lines = (_readable(one) for one in (was, row))
        name = f"torch {row['torch']}"
        yield from difflib.unified_diff(old_lines, new_lines, f"catalog: {name}", f"index: {name}", lineterm="", n=4)


def _readable(row: Row | None) -> list[str]:
    return json.dumps(row, indent=1, ensure_ascii=False).splitlines() if row else []


def render(catalog: Row) -> str:
    """The file as it is kept: one row a line, so that version control shows what changed."""
    head = {key: value for key, value in catalog.items() if key not in ("sources", "releases")}
    sources = [f"{_compact(key)}:{_compact(value)}" for key, value in catalog["sources"].items()]
    rows = [_compact(row) for row in catalog["releases"]]
    return (
        f'{_compact(head)[:-1]},"sources":{{\n'
        + ",\n".join(sources)
        + '},\n"releases":[\n'
        + ",\n".join(rows)
        + "\n]}\n"
    )


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())

"""The catalog's releases beside a package index: the rows as the index has them.

From the index come: releases and their days, the Pythons and platforms of their wheels, the oldest macOS, the CUDA
version PyPI's wheels are built with, the torch each torchvision and torchaudio asks for; from a copy of the PyTorch
index also which builds exist. What no index tells (GPUs, drivers) is not touched.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from doctor.catalog import COMPANIONS, BuildTag
from doctor.model import DoctorError
from doctor.refresh.index import Index, WheelFile

SOURCE = "pypi-index"
NO_COMPANION = "torch-doctor: {name} is left out: {context}"
OLDEST = Version("1.0.0")
Row = dict[str, Any]


def refreshed(catalog: Row, index: Index, without: Callable[[str], None] | None = None) -> Row:
    """A copy of the catalog's file with what the index says.

    An index that has no torchvision or torchaudio is an error, or is told to `without`.
    """
    rows = {row["torch"]: json.loads(json.dumps(row)) for row in catalog["releases"]}
    wheels = [wheel for wheel in index.wheels("torch") if Version(wheel.release) >= OLDEST]
    for version in sorted({Version(wheel.release) for wheel in wheels}):
        mine = [wheel for wheel in wheels if wheel.release == str(version)]
        row = rows.setdefault(str(version), _new_row(str(version), mine, catalog["releases"]))
        _take_pypi_wheels(row, [wheel for wheel in mine if not wheel.build], index)
        _take_builds(row, [wheel for wheel in mine if wheel.build])
    for name in COMPANIONS:
        try:
            _take_companion(rows, name, index)
        except DoctorError as error:
            if without is None:
                raise
            without(NO_COMPANION.format(name=name, context=error.context))
    ordered = sorted(rows.values(), key=lambda row: Version(row["torch"]))
    return {**catalog, "sources": _dated(catalog, ordered), "releases": ordered}


def _new_row(version: str, wheels: list[WheelFile], known: list[Row]) -> Row:
    """What no index tells is as in the newest release before."""
    days = sorted(wheel.uploaded for wheel in wheels if wheel.uploaded)
    asks = next((wheel.requires_python for wheel in wheels if wheel.requires_python), "")
    older = [row for row in known if Version(row["torch"]) < Version(version)]
    last = max(older, key=lambda row: Version(row["torch"]), default={})
    row: Row = {"torch": version, "date": days[0] if days else ""}
    if asks:
        row["requires_python"] = asks
    row |= {key: last[key] for key in ("numpy2", "mps_macos") if key in last}
    if "mps_macos" in row:
        row["mps_confidence"] = "inferred"
    return row | {"wheels": [], "builds": [], "source": SOURCE, "confidence": "confirmed"}


def _take_pypi_wheels(row: Row, wheels: list[WheelFile], index: Index) -> None:
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


def _take_macos(known: Row, wheels: list[WheelFile]) -> None:
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


def _take_builds(row: Row, wheels: Iterable[WheelFile]) -> None:
    """Files with a local version prove that a build exists for a platform."""
    for wheel in wheels:
        build = next((entry for entry in row["builds"] if entry["build"] == wheel.build), None)
        if build is None:
            build = {"build": wheel.build, "platforms": {}, "source": SOURCE, "confidence": "confirmed"}
            row["builds"].append(build)
        build["platforms"][wheel.platform] = "confirmed"
        build["confidence"] = "confirmed"


def take_builds(catalog: Row, index: Index) -> Row:
    """With the builds that a copy of the PyTorch index has of the releases that are known."""
    rows = {row["torch"]: json.loads(json.dumps(row)) for row in catalog["releases"]}
    for wheel in index.wheels("torch"):
        if wheel.build and wheel.release in rows:
            _take_builds(rows[wheel.release], [wheel])
    return {**catalog, "releases": list(rows.values())}


def pypi_build(wheel: WheelFile, index: Index) -> str:
    """What PyPI's file of a platform is built for, by the NVIDIA packages it asks for."""
    if wheel.platform == "macos-arm64":
        return "mps"
    for requirement in requirements(wheel, index):
        version = next((part.version for part in requirement.specifier if part.operator == "=="), "")
        if re.fullmatch(r"cuda-toolkit|nvidia-cuda-runtime(-cu\d+)?", requirement.name) and version:
            return BuildTag.stated("", cuda=version).tag
    return "cpu"


def requirements(wheel: WheelFile, index: Index) -> Iterator[Requirement]:
    for text in index.metadata(wheel).get_all("Requires-Dist") or ():
        with contextlib.suppress(InvalidRequirement):
            yield Requirement(text)


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
        torch = pinned(wanted_torch(mine[0], index))
        if torch in rows and name not in rows[torch]:
            rows[torch][name] = {"version": str(version), "wheels": {}, "source": SOURCE, "confidence": "confirmed"}
            _take_tags(rows[torch][name], mine)
    _take_open_ended(rows, name, wheels, index)


def _take_open_ended(rows: dict[str, Row], name: str, wheels: list[WheelFile], index: Index) -> None:
    """New releases without a companion of their own take the newest that asks for their torch or a newer one."""
    having = [row for row in rows.values() if name in row]
    newest = max(having, key=lambda row: Version(row["torch"]), default=None)
    bare = [row for row in rows.values() if newest and Version(row["torch"]) > Version(newest["torch"])]
    if not newest or not bare:
        return
    floor = Version(newest[name]["version"])
    for version in sorted({Version(w.release) for w in wheels if Version(w.release) >= floor}, reverse=True):
        mine = [wheel for wheel in wheels if wheel.release == str(version)]
        wanted = wanted_torch(mine[0], index)
        for row in bare if str(wanted) and not pinned(wanted) else ():
            if name not in row and wanted.contains(row["torch"]):
                same = newest[name] if version == floor else {"source": SOURCE, "confidence": "inferred"}
                row[name] = {**same, "version": str(version), "wheels": {}}
                _take_tags(row[name], mine)


def wanted_torch(wheel: WheelFile, index: Index) -> SpecifierSet:
    """The torch that a companion asks for; empty when it asks for none."""
    for requirement in requirements(wheel, index):
        if requirement.name == "torch":
            return requirement.specifier
    return SpecifierSet()


def pinned(wanted: SpecifierSet) -> str:
    """The one torch that is asked for; "" for none or a range."""
    return next((part.version for part in wanted if part.operator == "=="), "")


def _take_tags(companion: Row, wheels: list[WheelFile]) -> None:
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

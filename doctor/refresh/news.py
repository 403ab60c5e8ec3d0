"""What an index has that the catalog does not: new releases, and new builds of known ones.

Nothing is taken out: an index that lacks a file proves nothing. Which GPUs a new build has code for no index tells; it
is taken to be as in the release before, and counts as inferred.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
from packaging.version import Version

from doctor import catalog
from doctor.catalog import ArchRow, BuildTag, Release, refreshed
from doctor.refresh.compare import Row

NEW = "torch {torch}{day}: {what}"
MORE = "torch {torch}: {builds} on the index now"

CHANGED = "torch {torch}: other wheels on the index now"


def news(before: Row, after: Row) -> tuple[Release, ...]:
    """Whole new releases, and known ones with builds that were not known."""
    known = {row["torch"]: row for row in before["releases"]}
    rows: list[Row] = []
    for row in after["releases"]:
        mine = known.get(row["torch"])
        if mine is None and (row["wheels"] or row["builds"]):
            rows.append(row)
        elif mine is not None and _new_builds(mine, row):
            rows.append({**mine, "builds": row["builds"]})
    return msgspec.json.decode(json.dumps(rows), type=tuple[Release, ...])


def _new_builds(before: Row, after: Row) -> list[str]:
    have = {row["build"]: row["platforms"] for row in before["builds"]}
    return [row["build"] for row in after["builds"] if not row["platforms"].keys() <= have.get(row["build"], {}).keys()]


def lines(found: tuple[Release, ...]) -> Iterator[str]:
    """One a release that differs from what is known, newest first."""
    for row in sorted(found, key=lambda row: Version(row.torch), reverse=True):
        known = catalog.release(row.torch)
        if known is None:
            day = f" ({row.date})" if row.date else ""
            yield NEW.format(torch=row.torch, day=day, what="; ".join(_parts(row)))
        elif known != row:
            new = [build.build for build in row.builds if known.build(build.build) != build]
            yield MORE.format(torch=row.torch, builds=", ".join(new)) if new else CHANGED.format(torch=row.torch)


def _parts(row: Release) -> Iterator[str]:
    pythons = {tag for wheel in row.wheels for tag in wheel.python}
    if pythons:
        yield "Python " + ", ".join(_python(tag) for tag in sorted(pythons, key=_order))
    builds = dict.fromkeys((*(wheel.pypi for wheel in row.wheels), *(build.build for build in row.builds)))
    yield "builds " + ", ".join(build for build in builds if build)
    for name, companion in (("torchvision", row.torchvision), ("torchaudio", row.torchaudio)):
        if companion:
            yield f"{name} {companion.version}"


def _python(tag: str) -> str:
    return f"{tag[2]}.{tag[3:]}"


def _order(tag: str) -> tuple[bool, int]:
    return tag.endswith("t"), int(tag.removesuffix("t")[3:] or 0)


def arch_rows(found: tuple[Release, ...]) -> tuple[ArchRow, ...]:
    """Code for GPUs in the new builds, where an older release has the build or one of its family."""
    lists = catalog.arch_lists()
    shipped = [row for row in (*lists.cuda, *lists.rocm) if row.source != refreshed.SOURCE]
    known = {(row.torch, row.build, row.platform) for row in shipped}
    new = ((row.torch, *place) for row in found for place in sorted(_places(row)))
    made = (_like_before(*one, shipped) for one in new if one not in known)
    return tuple(row for row in made if row)


def _places(row: Release) -> set[tuple[str, str]]:
    pypi = {(wheel.pypi, wheel.platform) for wheel in row.wheels if wheel.pypi}
    return pypi | {(build.build, platform) for build in row.builds for platform in build.platforms}


def _like_before(torch: str, build: str, platform: str, shipped: list[ArchRow]) -> ArchRow | None:
    """The nearest: the same build first, then the newest release, then the newest build of the family."""
    mine = BuildTag.of(build)
    older = [
        row
        for row in shipped
        if row.platform == platform
        and mine.kind in ("cuda", "rocm")
        and BuildTag.of(row.build).family == mine.family
        and Version(row.torch) < Version(torch)
    ]
    near = max(
        older, key=lambda row: (row.build == build, Version(row.torch), BuildTag.of(row.build).version), default=None
    )
    if near is None:
        return None
    note = f"as {near.torch}+{near.build}"
    return msgspec.structs.replace(
        near, torch=torch, build=build, source=refreshed.SOURCE, confidence="inferred", note=note
    )

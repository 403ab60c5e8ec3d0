"""A comparison on a terminal: by area, one line a difference. Plain text; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from doctor.diff import Diff

IDENTICAL = "{a} and {b} are identical in everything that both report."
DIFFERENT = "{a} and {b} differ in {count}:"
LINE = "  {what}: {a} → {b}"
NOT_COMPARED = "Not compared, because only one of them reports it: {areas}"
AREAS = {
    "driver": "Driver",
    "gpu": "GPU",
    "torch": "PyTorch",
    "python": "Python",
    "system": "System",
    "packages": "Packages",
    "settings": "Settings",
    "findings": "Findings",
}


def lines(found: Diff) -> Iterator[str]:
    if found.identical:
        yield IDENTICAL.format(a=found.a, b=found.b)
    else:
        count = len(found.differences)
        yield DIFFERENT.format(a=found.a, b=found.b, count=f"{count} points" if count > 1 else "one point")
    for area, rows in groupby(found.differences, key=lambda row: row.area):
        yield AREAS.get(area, area)
        for row in rows:
            yield LINE.format(what=row.what, a=row.a, b=row.b)
    if found.not_compared:
        areas = ", ".join(AREAS.get(area, area) for area in found.not_compared)
        yield NOT_COMPARED.format(areas=areas)

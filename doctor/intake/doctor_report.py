"""Reports of our own, of any schema version, wherever they stand in a text."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, get_type_hints

from doctor.facts import Facts
from doctor.intake.border import Border
from doctor.model import SCHEMA_VERSION

NEWER = "the report has schema version {version}, which is newer than {known}: what is new in it is ignored"
MORE = "{count} more values are malformed"
MOST_NOTES = 10
_MAX_DIGITS = 40  # of a number; more say no more than that it is too large
_MAX_STARTS = 50  # places that look like the beginning of a report


def find(text: str) -> tuple[dict[str, Any] | None, int, int]:
    """The first report in a text, and where it begins and ends."""
    decoder = json.JSONDecoder(parse_int=lambda digits: int(digits[:_MAX_DIGITS]))
    start = -1
    for _ in range(_MAX_STARTS):
        start = text.find("{", start + 1)
        if start < 0:
            break
        if '"' not in text[start : start + 200]:
            continue
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("facts"), dict):
            return value, start, end
    return None, 0, 0


@cache
def _kinds() -> dict[str, Any]:
    return get_type_hints(Facts)


def facts_of(report: dict[str, Any]) -> tuple[Facts, tuple[str, ...]]:
    """The facts of a report, and notes about what in it is malformed or newer than this program."""
    border = Border()
    notes = []
    version = report.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        notes.append(NEWER.format(version=version, known=SCHEMA_VERSION))
    known = _kinds()
    readings = {name: border.reading(name, known[name], raw) for name, raw in report["facts"].items() if name in known}
    more = len(border.notes) - MOST_NOTES
    notes += border.notes[:MOST_NOTES]
    return Facts(**readings), (*notes, *([MORE.format(count=more)] if more > 0 else []))

"""Reports of our own, of any schema version, wherever they stand in a text."""

from __future__ import annotations

import json
from typing import Any, get_type_hints

import msgspec

from doctor.facts import Facts
from doctor.model import SCHEMA_VERSION, Reading, Status

_MAX_STARTS = 50  # places that look like the beginning of a report


def find(text: str) -> tuple[dict[str, Any] | None, int, int]:
    """The first report in a text, and where it begins and ends."""
    decoder = json.JSONDecoder()
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


def facts_of(report: dict[str, Any]) -> tuple[Facts, tuple[str, ...]]:
    """The facts of a report, field by field, so that one that cannot be read does not spoil the others; and notes."""
    readings: dict[str, Reading[Any]] = {}
    notes = []
    version = report.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        notes.append(
            f"the report has schema version {version}, newer than {SCHEMA_VERSION}: what is new in it is left out"
        )
    known = get_type_hints(Facts)
    for name, value in report["facts"].items():
        if name not in known:
            continue
        try:
            readings[name] = msgspec.convert(value, known[name], strict=False)
        except (msgspec.ValidationError, RecursionError) as error:
            readings[name] = Reading(
                Status.SKIPPED, reason=f"the report tells it in a way not understood: {error}"[:300]
            )
    return Facts(**readings), tuple(notes)

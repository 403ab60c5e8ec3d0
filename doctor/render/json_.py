"""JSON: the report as it is, for other programs; `docs/report.schema.json` describes it."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec

from doctor.report import Report


def report(report: Report) -> str:
    return encode(report)


def encode(document: Any) -> str:
    """Any document of the contracts, indented, ending with a newline."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema of the report."""
    described = msgspec.json.schema(Report)
    for definition in described["$defs"].values():
        if "description" in definition:
            # docstrings: which of Python and msgspec strips their indentation depends on their versions
            definition["description"] = inspect.cleandoc(definition["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "torch-doctor report", **described}

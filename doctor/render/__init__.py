"""Drawing of what the stages return; nothing is decided here."""

from __future__ import annotations

import importlib

from doctor.report import Report


def document(report: Report, form: str) -> str:
    """The report as a document: "json", "markdown" or "html"."""
    from doctor.render.passing import passed, passed_to_lines

    taken = (passed_to_lines if form == "markdown" else passed)(report)
    module = importlib.import_module(f"doctor.render.{'json_' if form == 'json' else form}")
    return str(module.report(taken))

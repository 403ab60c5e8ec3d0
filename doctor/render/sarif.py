"""Lint findings as SARIF 2.1.0, the format code scanning services read."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from doctor import __version__
from doctor.model import PROGRAM, Severity
from doctor.render.passing import passed
from doctor.rules import load
from doctor.source.spots import LintFinding, LintResult, Note

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(outcome: LintResult) -> str:
    """One run of the tool; files that could not be judged are notifications of the invocation."""
    outcome = passed(outcome)
    used = sorted({f.rule for f in outcome.findings})
    driver = {"name": PROGRAM, "version": __version__, "rules": [_rule(i) for i in used]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": [_notification(n) for n in outcome.notes]}
        ],
        "results": [_result(f, used.index(f.rule)) for f in outcome.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule_id: str) -> dict[str, Any]:
    rule = load(rule_id)
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: LintFinding, index: int) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": _file(finding.path), "region": region}}],
    }


def _notification(note: Note) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _file(note.path)}}
    return {"level": "warning", "message": {"text": note.message}, "locations": [location]}


def _file(path: str) -> dict[str, str]:
    from urllib.parse import quote

    return {"uri": quote(PurePath(path).as_posix())}

"""Markdown made for pasting into an issue: short on top, every fact folded below."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from doctor.model import Candidate, Finding, Severity, Shell
from doctor.render.areas import rows
from doctor.render.conclusion import SUSPECTS, explained_by, headline, open_questions
from doctor.render.console import MANY, NOT_ENVIRONMENT
from doctor.render.inert import cell, code, fence, prose
from doctor.render.remedies import notes
from doctor.render.shell import command_line
from doctor.report import Report

MARKS = {"ok": "✅", "error": "❌", "warning": "⚠️", "info": "ℹ️", "unknown": "❔"}
LANGUAGES = {Shell.POSIX: "sh", Shell.CMD: "bat", Shell.POWERSHELL: "powershell", Shell.WINDOWS: "powershell"}
NEEDED = " (needed: {needed})"


def report(report: Report) -> str:
    """The whole report as GitHub-flavoured Markdown."""
    parts = ["### torch-doctor report", "", f"**{headline(report)}**", ""]
    parts += [f"- {prose(reason)}" for reason in open_questions(report)]
    if report.suspects:
        parts += ["", SUSPECTS, "", *_candidates(report.suspects)]
    parts += ["", *_table(report), ""]
    causes = [f for f in report.findings if f.caused_by is None and f.severity is not Severity.INFO]
    for finding in causes:
        parts += [*_finding(finding, explained_by(finding, report, "`")), ""]
    return "\n".join([*parts, *_facts(report)]) + "\n"


def _table(report: Report) -> list[str]:
    lines = [f"| {MARKS[row.state]} | {row.title} | {cell(row.text)} |" for row in rows(report)]
    return ["| | | |", "|---|---|---|", *lines]


def _candidates(candidates: Iterable[Candidate]) -> list[str]:
    """Each cause with what tells it from the others, and the command that shows that."""
    return [f"- {code(one.rule)}: {prose(one.tell)}{_look(one)}" for one in candidates]


def _look(candidate: Candidate) -> str:
    return f" ({code(command_line(candidate.look, candidate.shell))})" if candidate.look else ""


def _finding(finding: Finding, explained: str) -> list[str]:
    lines = [f"**{MARKS[finding.severity.value]} {prose(finding.message)}** ({code(finding.rule)})", ""]
    for evidence in finding.evidence:
        needed = NEEDED.format(needed=prose(evidence.needed)) if evidence.needed else ""
        lines.append(f"- {code(evidence.fact)}: {prose(evidence.seen)}{needed}")
    if finding.acquits:
        lines.append(f"- {NOT_ENVIRONMENT}")
    if finding.candidates:
        lines += ["", MANY, "", *_candidates(finding.candidates), ""]
    if explained:
        lines.append(f"- {prose(explained)}")
    for remedy in finding.remedies:
        said = f" ({'; '.join(notes(remedy))})" if notes(remedy) else ""
        lines += ["", prose(f"{'or: ' if remedy.alternative else ''}{remedy.title}{said}")]
        if remedy.commands:
            lines += [
                "",
                *fence(LANGUAGES[remedy.shell], (command_line(argv, remedy.shell) for argv in remedy.commands)),
            ]
    return lines


def _facts(report: Report) -> list[str]:
    body = msgspec.json.format(msgspec.json.encode(report.facts), indent=1).decode()
    return ["<details><summary>Facts</summary>", "", *fence("json", [body]), "", "</details>"]

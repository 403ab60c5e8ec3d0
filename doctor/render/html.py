"""One self-contained HTML file: no script, no font, no address of elsewhere; light and dark by the reader's setting."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import msgspec

from doctor.model import Candidate, Finding, Remedy
from doctor.render.areas import rows
from doctor.render.conclusion import SUSPECTS, explained_by, headline, open_questions
from doctor.render.console import MANY, NOT_ENVIRONMENT
from doctor.render.remedies import notes
from doctor.render.shell import command_line
from doctor.report import Report

STYLE = """
:root { color-scheme: light dark; --line: #8884; --error: #c62828; --warning: #b26a00; --ok: #2e7d32; --info: #0277bd }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffcc80; --ok: #a5d6a7; --info: #81d4fa } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 0 }
table { border-collapse: collapse; width: 100% } td { padding: .25rem .5rem; border-bottom: 1px solid var(--line);
vertical-align: top; overflow-wrap: anywhere } td:first-child, td:nth-child(2) { white-space: nowrap }
section { border: 1px solid var(--line); border-left-width: 4px; border-radius: 4px; padding: .75rem 1rem;
margin: 1rem 0 }
section.error { border-left-color: var(--error) } section.warning { border-left-color: var(--warning) }
section.info { border-left-color: var(--info) }
.error > .mark, td.error { color: var(--error) } .warning > .mark, td.warning { color: var(--warning) }
td.ok { color: var(--ok) } .verdict { font-weight: 600 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .5rem .75rem; background: #8882; border-radius: 4px;
user-select: all }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em }
details { margin-top: 2rem }
""".strip()
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MARKS = {"ok": "✓", "error": "✗", "warning": "!", "info": "i", "unknown": "?"}


def report(report: Report) -> str:
    """The whole report as one HTML document."""
    causes = [f for f in report.findings if f.caused_by is None]
    body = "\n".join(_finding(f, explained_by(f, report)) for f in causes)
    facts = escape(msgspec.json.format(msgspec.json.encode(report.facts), indent=1).decode())
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>torch-doctor report</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        f"<h1>torch-doctor report</h1>\n{_conclusion(report)}\n{_table(report)}\n{body}\n"
        f"<details><summary>Facts</summary><pre><code>{facts}</code></pre></details>\n</body>\n</html>\n"
    )


def _conclusion(report: Report) -> str:
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in open_questions(report))
    return (
        f'<p class="verdict">{escape(headline(report))}</p>'
        + (f"<ul>{reasons}</ul>" if reasons else "")
        + _candidates(report.suspects, SUSPECTS)
    )


def _candidates(candidates: Iterable[Candidate], title: str) -> str:
    """Each cause with what tells it from the others, and the command that shows that."""
    listed = [
        (one, f" <code>{escape(command_line(one.look, one.shell))}</code>" if one.look else "") for one in candidates
    ]
    items = "".join(f"<li><code>{escape(one.rule)}</code>: {escape(one.tell)}{look}</li>" for one, look in listed)
    return f"<p>{title}</p><ul>{items}</ul>" if items else ""


def _table(report: Report) -> str:
    cells = [(row.state, MARKS[row.state], escape(row.title), escape(row.text)) for row in rows(report)]
    lines = [f'<tr><td class="{s}">{m}</td><td>{title}</td><td>{text}</td></tr>' for s, m, title, text in cells]
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def _finding(finding: Finding, explains: str) -> str:
    state = finding.severity.value
    seen = "".join(
        f"<li><code>{escape(e.fact)}</code>: {escape(e.seen)}"
        + (f" (needed: {escape(e.needed)})" if e.needed else "")
        + "</li>"
        for e in finding.evidence
    )
    acquitted = f"<p>{NOT_ENVIRONMENT}</p>" if finding.acquits else ""
    candidates = _candidates(finding.candidates, MANY)
    explained = f"<p>{escape(explains)}</p>" if explains else ""
    remedies = "".join(map(_remedy, finding.remedies))
    return (
        f'<section class="{state}"><h2>{MARKS[state]} {escape(finding.message)}</h2>'
        f"<p><code>{escape(finding.rule)}</code></p><ul>{seen}</ul>{acquitted}{candidates}{explained}{remedies}</section>"
    )


def _remedy(remedy: Remedy) -> str:
    said = f" ({'; '.join(notes(remedy))})" if notes(remedy) else ""
    commands = "\n".join(command_line(argv, remedy.shell) for argv in remedy.commands)
    shown = f"<pre><code>{escape(commands)}</code></pre>" if commands else ""
    return f"<p>→ {'or: ' if remedy.alternative else ''}{escape(remedy.title + said)}</p>{shown}"

"""The report on a terminal of 80 columns or more: areas, causes with evidence and commands, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from doctor.facts import Facts
from doctor.model import Argv, FactOrigin, Finding, Reading, Severity, Status, Unknown, Verdict
from doctor.render.areas import Row, rows
from doctor.render.conclusion import SUSPECTS, explained_by, headline, open_questions
from doctor.render.console import NOT_ENVIRONMENT, console, draw_candidates, draw_remedies, hang, indented, mark
from doctor.render.passing import passed_to_lines
from doctor.report import Report, Withdrawn

DO_FIRST = "Do first: {title}"
NO_REMEDY = "Do first: see `torch-doctor explain {rule}`."
IN_TEXT = "stated in the text"
INFERRED = "inferred: {reason}"
ON_LINE = "line {line}: {form}"
COULD_NOT_JUDGE = "{count} of the rules could not be judged (-v shows why)."
WITHDRAWN = "The text points to {rule} ({matched!r}), but that is ruled out here: {why}"
BROKEN = "The rule {rule} failed: {error} ({place}). This is a bug in torch-doctor."
MAX_REMEDIES = 3
Shown = set[tuple[Argv, ...]]


def show(report: Report, *, verbose: bool = False, from_text: bool = False) -> None:
    """Print the report on stdout."""
    areas = passed_to_lines(rows(report, from_text=from_text))
    if verbose:
        told = passed_to_lines(report)
    else:  # of the facts nothing is drawn but the rows
        told = passed_to_lines(msgspec.structs.replace(report, facts=Facts()))
        told = msgspec.structs.replace(told, facts=report.facts)
    draw(told, areas, console(), verbose=verbose, from_text=from_text)


def draw(report: Report, areas: Iterable[Row], out: Console, *, verbose: bool = False, from_text: bool = False) -> None:
    """Draw the whole report on `out`."""
    shown: Shown = set()
    _areas(out, areas)
    for finding in report.findings:
        if finding.caused_by is None and (verbose or finding.severity is not Severity.INFO):
            out.print()
            _finding(out, finding, explained_by(finding, report), verbose, shown)
    _notes(out, report, verbose)
    if verbose:
        _facts(out, report)
    out.print()
    _closing(out, report, from_text)


def _areas(out: Console, lines: Iterable[Row]) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in lines:
        grid.add_row(Text(*mark(row.state, out)), Text(row.title, "bold"), Text(row.text))
    out.print(grid)


def draw_finding(out: Console, finding: Finding, *, verbose: bool = False) -> None:
    """One finding with its evidence and remedies, for reports of other commands."""
    _finding(out, finding, "", verbose, set())


def _finding(out: Console, finding: Finding, explained: str, verbose: bool, shown: Shown) -> None:
    hang(out, Text.assemble(mark(finding.severity.value, out), " ", (finding.message, "bold")))
    out.print(indented(Text(f"[{finding.rule}]", "dim")))
    for evidence in finding.evidence:
        need = f" (needed: {evidence.needed})" if evidence.needed else ""
        fact = IN_TEXT if evidence.fact.startswith("error.") else evidence.fact
        hang(out, Text.assemble((f"{fact}: ", "cyan"), f"{evidence.seen}{need}"), 2)
    if finding.acquits:
        out.print(indented(Text(NOT_ENVIRONMENT, "yellow")))
    draw_candidates(out, finding.candidates)
    if explained:
        out.print(indented(Text(explained, "dim")))
    draw_remedies(out, finding.remedies if verbose else finding.remedies[:MAX_REMEDIES], shown)


def _notes(out: Console, report: Report, verbose: bool) -> None:
    infos = [f for f in report.of(Severity.INFO) if f.caused_by is None]
    if infos and not verbose:
        out.print()
        for finding in infos:
            hang(out, Text.assemble(mark("info", out), " ", finding.message))
    failed = [u for u in report.unknown if _was_looked_for(u, report)]
    if failed and not verbose:
        out.print(Text(COULD_NOT_JUDGE.format(count=len(failed)), "dim"))
    for broken in report.broken:
        hang(out, Text(BROKEN.format(rule=broken.rule, error=broken.error, place=broken.place), "bold red"))
    if verbose:
        _left_out(out, report)


def _left_out(out: Console, report: Report) -> None:
    """What was not found, and why."""
    for unknown in report.unknown:
        hang(out, Text(f"? {unknown.rule}: {unknown.reason}", "magenta"))
    for one in report.withdrawn:
        hang(out, Text(WITHDRAWN.format(rule=one.rule, matched=one.matched, why=_reason(one)), "magenta"))


def _reason(withdrawn: Withdrawn) -> str:
    return "; ".join(f"{e.fact}: {e.seen}" for e in withdrawn.evidence)


def _was_looked_for(unknown: Unknown, report: Report) -> bool:
    """False for what was left out on purpose or is not told: only a probe that failed is worth a line."""
    field = unknown.reason.partition(":")[0].partition(".")[0]
    reading = getattr(report.facts, field, None)
    return reading is not None and reading.status in (Status.TIMEOUT, Status.CRASHED, Status.DENIED)


def _facts(out: Console, report: Report) -> None:
    out.print()
    for name in report.facts.__struct_fields__:
        reading: Reading[Any] = getattr(report.facts, name)
        if reading.status is Status.SKIPPED:
            continue
        took = f" {reading.took_ms:.0f} ms" if reading.took_ms else ""
        hang(out, Text.assemble((name, "bold"), f" {reading.status.value}{took} ", (reading.reason, "magenta")))
        if reading.value is not None:
            for line in _lines(reading):
                hang(out, line, 2)


def _lines(reading: Reading[Any]) -> list[Text]:
    """Every field of a value, and where a text tells it."""
    built = msgspec.to_builtins(reading.value)
    return [
        Text.assemble(f"{key}: {_short(item)}", (_origin(reading.origins.get(key)), "dim"))
        for key, item in built.items()
    ]


def _origin(origin: FactOrigin | None) -> str:
    if origin is None:
        return ""
    if origin.inferred:
        return f"  ({INFERRED.format(reason=origin.inferred)})"
    return f"  ({ON_LINE.format(line=origin.line, form=origin.where)})"


def _short(item: Any, limit: int = 400) -> str:
    text = item if isinstance(item, str) else msgspec.json.encode(item).decode()
    return text if len(text) <= limit else f"{text[:limit]} … ({len(text)} characters)"


def _closing(out: Console, report: Report, from_text: bool) -> None:
    """The verdict; where something is to be mended, which remedy first: its commands stand above."""
    if report.verdict is Verdict.SICK:
        first = next(f for f in report.findings if f.primary)
        said = DO_FIRST.format(title=first.remedies[0].title) if first.remedies else NO_REMEDY.format(rule=first.rule)
        hang(out, Text(said, "bold"))
        return
    style = "bold green" if report.verdict is Verdict.SOUND else "bold magenta"
    out.print(Text(headline(report, from_text=from_text), style))
    for reason in open_questions(report):
        hang(out, Text(f"- {reason}"), 2)
    draw_candidates(out, report.suspects, SUSPECTS)

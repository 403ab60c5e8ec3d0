"""The report on a terminal of 80 columns or more: areas, causes with evidence and commands, and what to do first."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from doctor.model import Finding, Reading, Remedy, Risk, Severity, Status, Unknown
from doctor.render.areas import Row, rows
from doctor.render.shell import command_line
from doctor.report import Report

MARKS = {"ok": ("✓", "v"), "error": ("✗", "x"), "warning": ("!", "!"), "info": ("i", "i"), "unknown": ("?", "?")}
STYLES = {"ok": "green", "error": "bold red", "warning": "yellow", "info": "cyan", "unknown": "magenta"}
HEALTHY = "Healthy: nothing here keeps PyTorch from working."
HEALTHY_TEXT = "Nothing in this text keeps PyTorch from working."
WITH_WARNINGS = "No errors, {warnings}."
DO_FIRST = "Do first: {title}"
NO_REMEDY = "Do first: look at {rule}; `doctor explain {rule}` tells more."
CAUSED = "This also explains: {rules}"
NEEDS = {Risk.ADMIN: "needs root", Risk.MANUAL: "by hand"}
COULD_NOT_JUDGE = "{count} of the rules could not judge (-v shows why)."
MAX_REMEDIES = 3


def show(report: Report, *, verbose: bool = False, from_text: bool = False) -> None:
    """Print the report on stdout."""
    draw(report, console(), verbose=verbose, from_text=from_text)


def console() -> Console:
    """Stdout as it is: rich honours NO_COLOR and non-terminals; a pipe gets 100 columns."""
    width = None if sys.stdout.isatty() else 100
    return Console(highlight=False, width=width, emoji=False, markup=False)


def draw(report: Report, out: Console, *, verbose: bool = False, from_text: bool = False) -> None:
    """Draw the whole report on `out`."""
    ascii_only = not _can_draw(out)
    _areas(out, rows(report), ascii_only)
    shown = [f for f in report.findings if f.caused_by is None and (verbose or f.severity is not Severity.INFO)]
    for finding in shown:
        out.print()
        _finding(out, finding, _consequences(report, finding), ascii_only, verbose)
    _notes(out, report, verbose)
    if verbose:
        _facts(out, report)
    out.print()
    _closing(out, report, from_text)


def _can_draw(out: Console) -> bool:
    try:
        "✓✗…".encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def mark(state: str, ascii_only: bool) -> str:
    return MARKS[state][1 if ascii_only else 0]


def _areas(out: Console, lines: Iterable[Row], ascii_only: bool) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in lines:
        grid.add_row(Text(mark(row.state, ascii_only), STYLES[row.state]), Text(row.title, "bold"), Text(row.text))
    out.print(grid)


def draw_finding(out: Console, finding: Finding, *, verbose: bool = False) -> None:
    """One finding with its evidence and remedies, for reports of other commands."""
    _finding(out, finding, [], not _can_draw(out), verbose)


def _consequences(report: Report, finding: Finding) -> list[Finding]:
    return [f for f in report.findings if f.caused_by == finding.rule]


def _finding(out: Console, finding: Finding, after: list[Finding], ascii_only: bool, verbose: bool) -> None:
    state = finding.severity.value
    head = Text.assemble((mark(state, ascii_only), STYLES[state]), " ", (finding.message, "bold"))
    out.print(head)
    out.print(_indented(Text(f"[{finding.rule}]", "dim")))
    for evidence in finding.evidence:
        need = f" (needed: {evidence.needed})" if evidence.needed else ""
        out.print(_indented(Text.assemble((f"{evidence.fact}: ", "cyan"), f"{evidence.seen}{need}")))
    if after:
        out.print(_indented(Text(CAUSED.format(rules=", ".join(f.rule for f in after)), "dim")))
    for remedy in finding.remedies if verbose else finding.remedies[:MAX_REMEDIES]:
        _remedy(out, remedy)


def _remedy(out: Console, remedy: Remedy, indent: int = 2) -> None:
    need = f" ({NEEDS[remedy.risk]})" if remedy.risk in NEEDS else ""
    out.print(_indented(Text.assemble(("→ " if _can_draw(out) else "-> ", "green"), remedy.title, need), indent))
    for argv in remedy.commands:
        # not wrapped by us: a command broken over lines cannot be copied
        out.print(Text(" " * (indent + 4) + command_line(argv), "bold"), soft_wrap=True)


def _indented(text: Text, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def _notes(out: Console, report: Report, verbose: bool) -> None:
    infos = [f for f in report.of(Severity.INFO) if f.caused_by is None]
    if infos and not verbose:
        out.print()
        for finding in infos:
            out.print(Text.assemble((mark("info", not _can_draw(out)), "cyan"), " ", finding.message))
    failed = [u for u in report.unknown if _was_looked_for(u, report)]
    if failed and not verbose:
        out.print(Text(COULD_NOT_JUDGE.format(count=len(failed)), "dim"))
    for unknown in report.unknown if verbose else ():
        out.print(Text(f"? {unknown.rule}: {unknown.reason}", "magenta"))


def _was_looked_for(unknown: Unknown, report: Report) -> bool:
    """False for what was left out on purpose or is not in the text: only a probe that failed is worth a line."""
    reading = getattr(report.facts, unknown.reason.partition(":")[0], None)
    return reading is None or reading.status is not Status.SKIPPED


def _facts(out: Console, report: Report) -> None:
    out.print()
    for name in report.facts.__struct_fields__:
        reading: Reading[Any] = getattr(report.facts, name)
        if reading.status is Status.SKIPPED:
            continue
        took = f" {reading.took_ms:.0f} ms" if reading.took_ms else ""
        out.print(Text.assemble((name, "bold"), f" {reading.status.value}{took} ", (reading.reason, "magenta")))
        if reading.value is not None:
            out.print(_indented(Text("\n".join(_lines(reading.value)))))


def _lines(value: Any) -> list[str]:
    built = msgspec.to_builtins(value)
    return [f"{key}: {_short(item)}" for key, item in built.items()]


def _short(item: Any, limit: int = 400) -> str:
    text = item if isinstance(item, str) else msgspec.json.encode(item).decode()
    return text if len(text) <= limit else f"{text[:limit]} … ({len(text)} characters)"


def _closing(out: Console, report: Report, from_text: bool) -> None:
    if report.healthy:
        warnings = len(report.of(Severity.WARNING))
        count = f"{warnings} warning{'s' if warnings > 1 else ''}"
        healthy = HEALTHY_TEXT if from_text else HEALTHY
        out.print(Text(WITH_WARNINGS.format(warnings=count) if warnings else healthy, "bold green"))
        return
    first = next(f for f in report.findings if f.primary)
    if not first.remedies:
        out.print(Text(NO_REMEDY.format(rule=first.rule), "bold"))
        return
    remedy = first.remedies[0]
    out.print(Text(DO_FIRST.format(title=remedy.title), "bold"))
    for argv in remedy.commands:
        out.print(Text("    " + command_line(argv), "bold"), soft_wrap=True)

"""The result of `torch-doctor dataloader` on a terminal: what was tried, what broke it, how many workers pay."""

from __future__ import annotations

import shutil
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from doctor.dataloader.model import SKIPPED, DataLoaderReport, Experiment, Recommendation, Setting
from doctor.model import Severity
from doctor.render.console import STYLES, can_draw, console, hang, hung, indented, mark, spoken, status
from doctor.render.passing import passed_to_lines
from doctor.render.terminal import draw_finding

if TYPE_CHECKING:
    from rich.status import Status

TRYING = "trying: {what}"
HEADING = "torch {torch}, workers start with {method} by default; {seconds:.0f} s"
LOADER = "{where}: {dataset}{length}, batch size {batch_size}, num_workers={num_workers}"
NO_ERRORS = "Workers are safe here: nothing broke."
NO_ERRORS_SCRIPT = "This loader works with workers here: nothing broke."
WARNINGS = "No errors, {count} warning{plural}."
ERRORS = "{count} error{plural}: start with the first one."
TAKE = "Use {setting}"
WITHOUT = "num_workers=0"
WITH = "num_workers={workers}, prefetch_factor={prefetch}"
ROUNDS = "Each setting: the median of {rounds} rounds, ± half their range."
_BAR = 20
_NARROWEST, _WIDEST = 60, 100


class TrialProgress:
    """Context manager; `event` gets what the target tells while it works."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr
        self._status: Status | None = None

    def __enter__(self) -> TrialProgress:
        if not self._quiet and sys.stderr.isatty():
            self._status = status(TRYING.format(what="import torch"))
            self._status.start()
        return self

    def event(self, event: dict[str, Any]) -> None:
        what = event.get("part_of") or event.get("experiment") or event.get("step")
        if self._status and what:
            self._status.update(spoken(TRYING.format(what=what)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()


def show(document: DataLoaderReport, *, verbose: bool = False) -> None:
    """Print the result on stdout."""
    width = min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)
    out = console(width=width)
    out.width = width
    draw(passed_to_lines(document), out, verbose=verbose)


def draw(document: DataLoaderReport, out: Console, *, verbose: bool = False) -> None:
    """Draw the whole result on `out`."""
    plain = not can_draw(out)
    default = next((name for name, method in document.start_methods.items() if method.default), "")
    head = HEADING.format(torch=document.torch, method=default, seconds=document.took_s)
    if document.torch:
        hang(out, Text(head, "dim"))
    if document.loader:
        hang(out, Text(_loader(document.loader)))
    if document.experiments:
        _experiments(out, document.experiments, verbose)
    if document.recommendation:
        _recommendation(out, document.recommendation, plain)
    shown = [f for f in document.findings if f.severity is not Severity.INFO or verbose]
    for finding in shown:
        out.print()
        draw_finding(out, finding, verbose=verbose)
    notes = [f for f in document.findings if f.severity is Severity.INFO and not verbose]
    for finding in notes:
        hang(out, Text.assemble(mark("info", out), " ", finding.message))
    out.print()
    out.print(_verdict(document))


def _loader(loader: dict[str, Any]) -> str:
    length = f" of {loader['length']:,} samples" if loader["length"] is not None else ""
    return LOADER.format(**{**loader, "length": length})


def _experiments(out: Console, experiments: tuple[Experiment, ...], verbose: bool) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    for one in experiments:
        state = _state(one)
        seconds = f"{one.seconds:.1f} s" if one.seconds else ""
        why = one.detail if one.detail and (one.rule or one.outcome == SKIPPED or verbose) else ""
        outcome = one.outcome if one.broken or one.outcome == SKIPPED else ""
        text = Text.assemble(one.name, (f" {outcome}" if outcome else "", STYLES[state]))
        if why and not one.broken:
            text.append(f" ({why})", "dim")
        if one.rule:
            text.append(f" [{one.rule}]", STYLES[state])
        grid.add_row(Text(*mark(state, out)), hung(out, text, out.width - 12), Text(seconds, "dim"))
        if verbose and one.text:
            grid.add_row("", indented(Text(one.text.strip(), "dim")), "")
    out.print(grid)


def _state(one: Experiment) -> str:
    if one.broken:
        return "warning" if one.severity is Severity.WARNING else "error"
    if one.outcome == SKIPPED:
        return "unknown"
    return "warning" if one.rule else "ok"


def _recommendation(out: Console, found: Recommendation, plain: bool) -> None:
    out.print(_table(found, plain))
    rounds = sorted({setting.rounds for setting in found.settings})
    span = str(rounds[0]) if len(rounds) == 1 else f"{rounds[0]} to {rounds[-1]}"
    said = ROUNDS.format(rounds=span)
    out.print(Text(said.replace("±", "+-") if plain else said, "dim"))
    for limit in found.limits:
        hang(out, Text(limit, "dim"), 2)
    out.print()
    setting = WITHOUT
    if found.num_workers:
        setting = WITH.format(workers=found.num_workers, prefetch=found.prefetch_factor)
    setting += ", pin_memory=True" if found.pin_memory else ""
    out.print(Text(TAKE.format(setting=setting), "bold green"))
    hang(out, Text(found.reason), 2)


def _table(found: Recommendation, plain: bool) -> Table:
    """One row a setting, with a bar as long as its rate."""
    table = Table(box=None, padding=(0, 1), header_style="bold")
    pins = any(setting.pinned for setting in found.settings)
    for title in ("workers", "prefetch", *(["pinned"] if pins else [])):
        table.add_column(title, justify="right")
    table.add_column("samples/s", justify="right", no_wrap=True)
    table.add_column("first batch", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    top = max(setting.rate for setting in found.settings)
    for setting in found.settings:
        taken = (setting.workers, setting.pinned) == (found.num_workers, found.pin_memory) and (
            not setting.workers or setting.prefetch == found.prefetch_factor
        )
        cells = [str(setting.workers), str(setting.prefetch) if setting.workers else ""]
        cells += [("yes" if setting.pinned else "no")] if pins else []
        cells += [_rate(setting, plain), f"{setting.start_s:.2f} s"]
        bar = ("#" if plain else "█") * max(1, round(_BAR * setting.rate / top))
        table.add_row(
            *cells, Text(bar + (" <" if taken else ""), "green" if taken else ""), style="bold" if taken else ""
        )
    return table


def _rate(setting: Setting, plain: bool) -> str:
    return f"{setting.rate:,.0f} {'+-' if plain else '±'} {setting.spread:,.0f}"


def _verdict(document: DataLoaderReport) -> Text:
    errors = sum(f.severity is Severity.ERROR for f in document.findings)
    warnings = sum(f.severity is Severity.WARNING for f in document.findings)
    if errors:
        return Text(ERRORS.format(count=errors, plural="s" * (errors > 1)), "bold red")
    if warnings:
        return Text(WARNINGS.format(count=warnings, plural="s" * (warnings > 1)), "bold yellow")
    return Text(NO_ERRORS_SCRIPT if document.loader else NO_ERRORS, "bold green")

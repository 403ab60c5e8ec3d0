"""The probed sources, drawn: for JSON, or as a table a service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from doctor.bootstrap.sizes import size
from doctor.mirrors.model import JudgedMirror, MirrorVerdict
from doctor.mirrors.services import BY_NAME
from doctor.render.passing import passed_to_lines

if TYPE_CHECKING:
    from rich.table import Table

CHOSEN = "use {name}: {url}"
KEPT = "keep {name}: {url}"
NONE = "no usable source"
SILENT = "not reached: {names}"
_STYLES = {MirrorVerdict.OK: "green", MirrorVerdict.UNREACHABLE: "dim"}


def payload(
    judged: Sequence[JudgedMirror], choice: Mapping[str, JudgedMirror], warnings: Sequence[str] = ()
) -> dict[str, object]:
    """The sources as the contract has them, without the envelope."""
    return {
        "sources": judged,
        "choice": {service: row.name for service, row in choice.items()},
        "warnings": warnings,
        "received_bytes": sum(row.received_bytes for row in judged),
    }


def show(
    judged: Sequence[JudgedMirror],
    choice: Mapping[str, JudgedMirror],
    warnings: Sequence[str] = (),
    *,
    verbose: bool = False,
) -> None:
    """A table a service on stdout: usable sources first, the fastest on top, then the choice."""
    from rich.text import Text

    from doctor.render.console import console

    out = console()
    judged, choice, warnings = passed_to_lines((judged, choice, warnings))
    for service in dict.fromkeys(row.service for row in judged):
        rows = sorted((row for row in judged if row.service == service), key=_sort_key)
        out.print(Text(BY_NAME[service].title, "bold"))
        out.print(_table([row for row in rows if verbose or _worth_a_line(row)], verbose))
        silent = [row.name for row in rows if not verbose and not _worth_a_line(row)]
        if silent:
            out.print(Text(f"  {SILENT.format(names=', '.join(silent))}", "dim"))
        chosen = choice.get(service)
        out.print(Text(_choice_line(chosen), "bold" if chosen else "red"), soft_wrap=True)
    for warning in warnings:
        out.print(Text(f"warning: {warning}", "yellow"), soft_wrap=True)


def _sort_key(row: JudgedMirror) -> tuple[bool, bool, float]:
    return row.verdict is not MirrorVerdict.OK, row.verdict is MirrorVerdict.UNREACHABLE, -(row.bytes_per_s or 0.0)


def _worth_a_line(row: JudgedMirror) -> bool:
    """A source of the catalog that cannot be reached from here is only named."""
    return bool(row.verdict is not MirrorVerdict.UNREACHABLE or row.configured or row.official)


def _choice_line(chosen: JudgedMirror | None) -> str:
    if chosen is None:
        return f"  → {NONE}\n"
    return "  → " + (KEPT if chosen.configured else CHOSEN).format(name=chosen.name, url=chosen.url) + "\n"


def _table(rows: Sequence[JudgedMirror], verbose: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for row in rows:
        name = f"  {row.name} (set up)" if row.configured else f"  {row.name}"
        said = "; ".join(_remarks(row, verbose))
        table.add_row(Text(name), Text(row.verdict, style=_STYLES.get(row.verdict, "yellow")), _rate(row), Text(said))
    return table


def _remarks(row: JudgedMirror, verbose: bool) -> Iterator[str]:
    if row.reason:
        yield row.reason
    if row.verdict is not MirrorVerdict.UNREACHABLE or verbose:
        yield from row.evidence if verbose else row.evidence[:1]


def _rate(row: JudgedMirror) -> str:
    rate = row.bytes_per_s
    return "" if rate is None else f"{size(rate)}/s"

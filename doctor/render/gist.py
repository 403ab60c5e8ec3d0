"""What a text tells where no cause was recognised in it, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from doctor.explain.gist import Gist
from doctor.explain.messages import Message
from doctor.explain.raised import PROGRAM
from doctor.model import Phase
from doctor.render.console import can_draw, hang, indented
from doctor.rules import load

WHILE, BY, LAST = "While", "Raised by", "Last error"
OWN = "the program's own code"
WORDS = "What its words mean"
ALIKE = "Known problems that read alike (a hint, not a finding)"
NEXT = "What would tell more"
APART = "To tell the causes apart: "
MAX_MESSAGES, MAX_LINE = 4, 300
_PHASES = {
    Phase.RESOLVING: "an installer looked for versions that fit",
    Phase.DOWNLOADING: "packages were downloaded",
    Phase.BUILDING_ISOLATED: "a package was built in an environment of its own, which sees nothing installed",
    Phase.BUILDING: "a package was built",
    Phase.INSTALLING: "packages were installed",
    Phase.IMPORTING: "modules were imported",
    Phase.STARTING_PROCESSES: "processes were started",
    Phase.RENDEZVOUS: "the processes of a job looked for each other",
    Phase.INITIALISING: "a GPU was set up",
    Phase.TRAINING: "a model was trained or used",
    Phase.SAVING: "a file was saved",
    Phase.FETCHING: "a model or data were fetched",
}


def draw(out: Console, gist: Gist) -> None:
    """Facts of the text in a small table, then the meanings of its messages, rules alike, and what to paste next."""
    facts = [(name, value) for name, value in _facts(gist) if value]
    if facts:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="cyan", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in facts:
            grid.add_row(name, Text(value))
        out.print()
        out.print(indented(grid))
    if gist.messages:
        _head(out, WORDS)
        for message in gist.messages[:MAX_MESSAGES]:
            _draw_message(out, message)
    if gist.alike:
        _head(out, ALIKE)
        _draw_list(out, [Text.assemble(load(rule).title, (f" [{rule}]", "dim")) for rule in gist.alike])
    if gist.paste:
        _head(out, NEXT)
        _draw_list(out, [Text(one) for one in gist.paste])


def _facts(gist: Gist) -> list[tuple[str, str]]:
    by = OWN if gist.raised_by == PROGRAM else gist.raised_by
    where = f" ({gist.where})" if gist.where else ""
    line = f"{gist.exception[:MAX_LINE]}{' …' if len(gist.exception) > MAX_LINE else ''}"
    last = f"line {gist.exception_line}: {line}" if gist.exception else ""
    return [(WHILE, _PHASES.get(gist.phase, "")), (BY, f"{by}{where}" if by else ""), (LAST, last)]


def _head(out: Console, words: str) -> None:
    out.print()
    out.print(Text(words, "bold"))


def _draw_message(out: Console, message: Message) -> None:
    counted = message.library if message.code is None else f"{message.library} {message.code}"
    called = (f"{message.name}, " if message.name else "") + counted
    hang(out, Text.assemble((called, "cyan"), (f" (line {message.line_number})", "dim")), 2)
    hang(out, Text(message.meaning), 4)
    if message.apart:
        hang(out, Text.assemble((APART, "dim"), message.apart), 4)


def _draw_list(out: Console, entries: list[Text]) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    for entry in entries:
        grid.add_row("·" if can_draw(out) else "-", entry)
    out.print(indented(grid))

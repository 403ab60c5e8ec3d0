"""What every page on a terminal is drawn with: the console, marks and their styles, indented text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.status import Status
from rich.text import Text

from doctor import gate
from doctor.model import Candidate, Remedy
from doctor.render.remedies import notes
from doctor.render.shell import command_line

MARKS = {"ok": ("✓", "v"), "error": ("✗", "x"), "warning": ("!", "!"), "info": ("i", "i"), "unknown": ("?", "?")}
STYLES = {"ok": "green", "error": "bold red", "warning": "yellow", "info": "cyan", "unknown": "magenta"}
OR = "or: "
MANY = "It can be one of these, the likeliest first:"
SHOWS = "{command} shows it"
NOT_ENVIRONMENT = "The environment is not at fault: drivers and packages need no change."
AS_ABOVE = "(the command shown above)"
_PLAIN: dict[str, Any] = {"highlight": False, "emoji": False, "markup": False}


def console(*, stderr: bool = False, width: int = 100) -> Console:
    """The stream as it is: rich honours NO_COLOR and non-terminals; a pipe gets `width` columns."""
    if (sys.stderr if stderr else sys.stdout).isatty():
        return Console(stderr=stderr, **_PLAIN)
    return _Piped(stderr=stderr, width=width, **_PLAIN)


class _Piped(Console):
    """Without the blanks with which rich fills its lines: what is piped is pasted elsewhere, and compared."""

    def print(self, *objects: Any, **options: Any) -> None:
        with self.capture() as captured:
            super().print(*objects, **options)
        *lines, rest = captured.get().split("\n")
        self.file.write("".join(f"{line.rstrip(' ')}\n" for line in lines) + rest)


def status(words: str) -> Status:
    """On stderr, turning; what it says from then on is `spoken`, too."""
    return console(stderr=True).status(spoken(words))


def spoken(words: str) -> Text:
    """A sentence through the gate, for where rich would read styles and links in it."""
    return Text(gate.line(words))


def can_draw(out: Console) -> bool:
    """Whether the terminal's encoding has more than ASCII."""
    try:
        "✓✗→…█±⣿".encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def mark(state: str, out: Console) -> tuple[str, str]:
    """The sign of a state and its style, as rich assembles them."""
    return MARKS[state][0 if can_draw(out) else 1], STYLES[state]


def indented(content: RenderableType, by: int = 2) -> Padding:
    return Padding(content, (0, 0, 0, by), expand=False)


def hang(out: Console, text: Text, by: int = 0) -> None:
    """Print it as `hung`."""
    out.print(indented(hung(out, text, out.width - by), by))


def hung(out: Console, text: Text, width: int) -> Text:
    """The lines after the first are three columns in, where none of ours begins: a wrapped value looks like none."""
    return Text("\n   ").join(text.wrap(out, max(20, width - 3), overflow="fold"))


def draw_candidates(out: Console, candidates: Iterable[Candidate], title: str = MANY) -> None:
    """Under a symptom of many causes: each with what tells it from the others, and the command that shows that."""
    for place, candidate in enumerate(candidates):
        if not place:
            out.print(indented(Text(title, "bold")))
        hang(out, Text.assemble((f"{candidate.rule}: ", "cyan"), candidate.tell), 4)
        if candidate.look:
            out.print(indented(Text(SHOWS.format(command=command_line(candidate.look, candidate.shell)), "dim"), 6))


def draw_remedies(out: Console, remedies: Iterable[Remedy], shown: set[tuple[tuple[str, ...], ...]]) -> None:
    """Remedies in order; commands that are on the screen already (`shown`) are not repeated."""
    arrow = "→ " if can_draw(out) else "-> "
    for remedy in remedies:
        lead = OR if remedy.alternative else ""
        said = f" ({'; '.join(notes(remedy))})" if notes(remedy) else ""
        hang(out, Text.assemble((arrow, "green"), (lead, "bold"), remedy.title, (said, "dim")), 2)
        if remedy.commands in shown:
            out.print(indented(Text(AS_ABOVE, "dim"), 6))
        else:
            draw_commands(out, remedy)
        if remedy.commands:
            shown.add(remedy.commands)


def draw_commands(out: Console, remedy: Remedy) -> None:
    for argv in remedy.commands:
        # not wrapped by us: a command broken over lines cannot be copied
        out.print(
            Text(" " * 6 + command_line(argv, remedy.shell), "" if remedy.alternative else "bold"), soft_wrap=True
        )

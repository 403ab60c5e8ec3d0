"""An explained error text, a rule's page, and the list of rules, on a terminal of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from doctor.diagnose.meaning import Explained, Explanation
from doctor.diagnose.provenance import Origin
from doctor.render import gist
from doctor.render.console import NOT_ENVIRONMENT, console, draw_candidates, draw_remedies, hang, indented, mark
from doctor.render.passing import passed_to_lines
from doctor.rules import Rule

JUDGED_BY = "Judged from {what}."
RULED_OUT = "What this text names is ruled out by the facts of the same machine."
RULED_OUT_HERE = (
    "This machine rules out what this text names. If the text comes from another machine, ask again with --no-facts."
)
WITHDRAWN = "not {rule} ({matched!r}): {why}"
_LOOKED = (Origin.HERE, Origin.BESIDE)
NOTHING = "Nothing in this text was recognised: it names no known problem of an environment."
EMPTY = "The text is empty, so nothing was recognised: paste the complete output of the command."
LINE = "line {number}: "
HERE = "On this machine: "
THERE = "On that machine: "
NOT_SHOWN = "This machine does not show it now: the text may come from elsewhere, or the cause is gone."
MEANS = "What it means: "
TO_DO = "What to do: "
OTHERS = "It may also be, or may have led to:"
MORE = "See `torch-doctor explain {rule}` for more."
MAX_OTHERS = 4
MAX_LINE = 240
MAX_REMEDIES = 3


def show(explained: Explained, *, verbose: bool = False, out: Console | None = None) -> None:
    """Print the likeliest cause in full and the others in a line each; all in full when verbose."""
    out = out or console()
    explained = passed_to_lines(explained)
    causes = explained.causes
    whole = causes if verbose else causes[:1]
    for place, one in enumerate(whole):
        if place:
            out.print()
        _print_cause(out, one, explained.judged_by in _LOOKED)
    if others := causes[len(whole) :][:MAX_OTHERS]:
        out.print()
        out.print(Text(OTHERS, "bold"))
        _print_others(out, others)
    if causes:
        out.print()
    else:
        out.print(Text(_why_nothing(explained), "bold"))
    if verbose or not causes:
        for withdrawn in explained.withdrawn:
            why = "; ".join(f"{e.fact}: {e.seen}" for e in withdrawn.evidence)
            hang(out, Text(WITHDRAWN.format(rule=withdrawn.rule, matched=withdrawn.matched, why=why), "magenta"), 2)
    if verbose or not causes:
        gist.draw(out, explained.gist)
    if causes:
        out.print(Text(JUDGED_BY.format(what=explained.judged_by.value), "dim"))
        hang(out, Text(MORE.format(rule=causes[0].rule), "dim"))


def _why_nothing(explained: Explained) -> str:
    if explained.withdrawn:
        return RULED_OUT_HERE if explained.judged_by in _LOOKED else RULED_OUT
    return EMPTY if explained.gist.empty else NOTHING


def _print_cause(out: Console, one: Explanation, looked: bool) -> None:
    hang(out, Text.assemble(mark(one.severity.value, out), " ", (one.title, "bold")))
    out.print(indented(Text(f"[{one.rule}]", "dim")))
    hang(out, Text.assemble((LINE.format(number=one.line_number), "cyan"), _excerpt(one)), 2)
    if one.acquits:
        out.print(indented(Text(NOT_ENVIRONMENT, "yellow")))
    out.print()
    if one.confirmed:
        out.print(indented(Text.assemble((HERE if looked else THERE, "bold"), one.meaning)))
        for evidence in one.evidence:
            need = f" (needed: {evidence.needed})" if evidence.needed else ""
            hang(out, Text.assemble((f"{evidence.fact}: ", "cyan"), f"{evidence.seen}{need}"), 4)
    else:
        out.print(indented(Text.assemble((MEANS, "bold"), _unwrapped(one.meaning))))
        if looked and one.confirmed is False:
            out.print(indented(Text(NOT_SHOWN, "dim")))
    draw_candidates(out, one.candidates)
    out.print(indented(Text.assemble((TO_DO, "bold"), _unwrapped(one.to_do))))
    draw_remedies(out, one.remedies[:MAX_REMEDIES], set())


def _print_others(out: Console, others: Iterable[Explanation]) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    for one in others:
        seen = Text.assemble((one.title, ""), (f" [{one.rule}, line {one.line_number}]", "dim"))
        grid.add_row(Text(*mark(one.severity.value, out)), seen)
    out.print(indented(grid))


def page(rule: Rule, out: Console | None = None) -> None:
    """Print a rule's page."""
    out = out or console()
    out.print(Text(rule.title, "bold"))
    out.print(Text(f"{rule.id} · {rule.area} · {rule.severity.value}", "dim"))
    for part in re.split(r"^(?=## )", rule.doc.partition("\n")[2], flags=re.MULTILINE):
        heading, _, body = part.strip().removeprefix("## ").partition("\n")
        if heading:
            out.print()
            out.print(Text(heading, "bold"))
            for paragraph in body.strip().split("\n\n"):
                out.print(indented(Text(paragraph if paragraph.startswith("- ") else _unwrapped(paragraph))))


def rule_list(rules: Iterable[Rule], out: Console | None = None) -> None:
    """Print every rule with its severity and title, by area."""
    out = out or console()
    area = ""
    for rule in rules:
        if rule.area != area:
            out.print(Text(rule.area, "bold"))
            area = rule.area
        sign = mark(rule.severity.value, out)
        out.print(indented(Text.assemble(sign, f" {rule.id}  ", (rule.title, "dim"))))


def _excerpt(one: Explanation) -> str:
    """The line, or the part of it around what was matched."""
    line = " ".join(one.line.split())
    if len(line) <= MAX_LINE:
        return line
    matched = " ".join(one.matched.split())
    start = max(0, min(line.find(matched) - 40, len(line) - MAX_LINE))
    return ("… " if start else "") + line[start : start + MAX_LINE] + (" …" if start + MAX_LINE < len(line) else "")


def _unwrapped(text: str) -> str:
    """Paragraphs that the rule's source wraps, as running text."""
    return "\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))

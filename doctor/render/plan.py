"""Plans on a terminal: what a setup, or a fix, is going to do. Plain text; decides nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from doctor.model import Plan, Step
from doctor.render.remedies import notes, size
from doctor.render.shell import command_line
from doctor.setup.model import SetupPlan

SETUP = "{packages}"
FROM = "from {source}"
INTO = "into {folder} ({state})"
STATES = {"new": "a new environment", "existing": "which exists", "half-made": "left unfinished by a setup"}
DOWNLOADS = "Downloads: {count} files, {size}"
NOT_KNOWN = "size not known"
AT_LEAST = "at least {size}"
BIGGEST = "the largest: {files}"
COMMANDS = "Commands:"
NOTES = "Worth knowing:"
NOTHING = "Nothing to do: no remedy is planned for what was found."
STEPS = "Steps:"
LEFT = "Left to you:"
WRITES = "changes {what}"
_BIGGEST = 3
_WIDTH = 100


def setup_lines(plan: SetupPlan) -> Iterator[str]:
    """The plan of a setup, ready to be printed; commands are never wrapped."""
    yield SETUP.format(packages="  ".join(plan.packages))
    yield f"  {FROM.format(source=plan.source)}"
    yield f"  {INTO.format(folder=plan.folder, state=STATES[plan.state])}, Python: {plan.python}"
    if plan.downloads:
        yield f"  {DOWNLOADS.format(count=len(plan.downloads), size=_download_size(plan))}"
        known = sorted((d for d in plan.downloads if d.size_bytes), key=lambda d: -(d.size_bytes or 0))[:_BIGGEST]
        if known:
            yield f"    {BIGGEST.format(files=', '.join(f'{d.name} {size(d.size_bytes or 0)}' for d in known))}"
    if plan.notes:
        yield NOTES
        for note in plan.notes:
            yield from textwrap.wrap(note, _WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield COMMANDS
    for argv in plan.commands:
        yield f"  {command_line(argv)}"


def _download_size(plan: SetupPlan) -> str:
    if not plan.known_bytes:
        return NOT_KNOWN
    return size(plan.known_bytes) if plan.sizes_known else AT_LEAST.format(size=size(plan.known_bytes))


def fix_lines(plan: Plan) -> Iterator[str]:
    """The steps of a plan in order, then what is left to a person."""
    if not plan.steps and not plan.manual:
        yield NOTHING
    if plan.steps:
        yield STEPS
        for number, step in enumerate(plan.steps, 1):
            yield from step_lines(f"{number}. ", step)
    if plan.manual:
        yield LEFT
        for step in plan.manual:
            yield from step_lines("- ", step)


def step_lines(head: str, step: Step) -> Iterator[str]:
    """One remedy: its title, what it costs and takes away, its commands, what changes."""
    remedy = step.remedy
    said = f" ({'; '.join(notes(remedy))})" if notes(remedy) else ""
    yield f"  {head}{remedy.title}{said}  [{step.rule}]"
    for argv in remedy.commands:
        yield f"       {command_line(argv, remedy.shell)}"
    if remedy.writes:
        yield f"       {WRITES.format(what=', '.join(remedy.writes))}"

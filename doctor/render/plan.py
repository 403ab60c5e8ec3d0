"""Plans on a terminal: what a setup, or a fix, is going to do. Plain text; decides nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from doctor.model import Plan, Step
from doctor.render.remedies import notes, size
from doctor.render.shell import command_line
from doctor.setup.model import SetupPlan

SUMMARY = "torch {torch} ({build}), {count} packages, {download}"
TO_DOWNLOAD = "{size} to download"
ON_DISK = ", {size} on disk"
FROM = "from {source}"
INTO = "into {folder} ({state})"
STATES = {"new": "a new environment", "existing": "which exists", "half-made": "left unfinished by a setup"}
NOT_KNOWN = "a download of unknown size"
AT_LEAST = "at least {size}"
BIGGEST = "The largest: {files}"
HOST = "Files of {host}: {files}"
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
    yield summary(plan)
    yield f"  {FROM.format(source=plan.source)}"
    yield f"  {INTO.format(folder=plan.folder, state=STATES[plan.state])}, Python: {plan.python}"
    if plan.downloads:
        for host, files in plan.hosts.items():
            yield from _wrapped(HOST.format(host=host, files=", ".join(f"{d.name} {d.version}" for d in files)))
        known = sorted((d for d in plan.downloads if d.size_bytes), key=lambda d: -(d.size_bytes or 0))[:_BIGGEST]
        if known:
            yield f"  {BIGGEST.format(files=', '.join(f'{d.name} {size(d.size_bytes or 0)}' for d in known))}"
    if plan.notes:
        yield NOTES
        for note in plan.notes:
            yield from _wrapped(note)
    yield COMMANDS
    for argv in plan.commands:
        yield f"  {command_line(argv)}"


def _wrapped(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def summary(plan: SetupPlan) -> str:
    """ "torch 2.15.0 (cu132), 33 packages, 3.0 GB to download, 7.4 GB on disk"."""
    torch = next((d.version for d in plan.downloads if d.name in ("torch", "pytorch")), "")
    if not torch:
        return "  ".join(plan.packages)
    known = size(plan.known_bytes) if plan.sizes_known else AT_LEAST.format(size=size(plan.known_bytes))
    download = TO_DOWNLOAD.format(size=known) if plan.known_bytes else NOT_KNOWN
    disk = ON_DISK.format(size=size(plan.disk_bytes)) if plan.disk_bytes else ""
    said = SUMMARY.format(torch=torch.partition("+")[0], build=plan.build, count=len(plan.downloads), download=download)
    return said + disk


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

"""Plans on a terminal: what a setup, or a fix, is going to do. Plain text; decides nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from doctor.bootstrap.sizes import size
from doctor.gate import Typed
from doctor.model import Argv, Plan, Shell, Step
from doctor.render.remedies import notes
from doctor.render.shell import HERE, command_line
from doctor.setup.model import CPU_BUILD, SetupPlan

SUMMARY = "torch {torch} ({build}), {count} packages, {sizes}"
TO_DOWNLOAD = "{size} to download"
ON_DISK = ", {size} on disk"
FROM = "from {source}"
INTO = "into {folder} ({state}), Python: {python}"
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
LARGER = (
    "The CPU build ({cpu}) is out of reach: {source} {reason}. PyPI's CUDA build works as well: {sizes}. "
    "--index-url can name another index that has the CPU build."
)
_BIGGEST = 3
_WIDTH = 80


def setup_lines(plan: SetupPlan) -> Iterator[str]:
    """The plan of a setup, ready to be printed; a command that is broken over lines can be copied."""
    yield summary(plan)
    yield from _wrapped(FROM.format(source=plan.source))
    into = INTO.format(folder=plan.folder, state=STATES[plan.state], python=plan.python)
    yield from map(Typed, _wrapped(into))
    if plan.downloads:
        for host, files in plan.hosts.items():
            yield from _wrapped(HOST.format(host=host, files=", ".join(f"{d.name} {d.version}" for d in files)))
        known = sorted((d for d in plan.downloads if d.size_bytes), key=lambda d: -(d.size_bytes or 0))[:_BIGGEST]
        if known:
            largest = ", ".join(f"{d.name} {size(d.size_bytes or 0)}" for d in known)
            yield from _wrapped(BIGGEST.format(files=largest))
    if plan.notes:
        yield NOTES
        for note in plan.notes:
            yield from _wrapped(note)
    yield COMMANDS
    for argv in plan.commands:
        yield from _command_lines(argv)
    if passed := plan.instead_of:
        said = LARGER.format(cpu=CPU_BUILD, source=passed.name, reason=passed.reason, sizes=sizes(plan))
        yield from _wrapped(said, "")


def _command_lines(argv: Argv) -> Iterator[str]:
    """Broken between words where a POSIX shell joins the lines again; whole for other shells."""
    if HERE is not Shell.POSIX:
        yield Typed(f"  {command_line(argv)}")
        return
    line = " "
    for word in argv:
        shown = command_line((word,))
        if len(line) + len(shown) + 3 > _WIDTH and line.strip():
            yield Typed(f"{line} \\")
            line = "   "
        line += f" {shown}"
    yield Typed(line)


def _wrapped(text: str, indent: str = "  ") -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent * 2,
        break_on_hyphens=False,
        break_long_words=False,
    )


def summary(plan: SetupPlan) -> str:
    """ "torch 2.15.0 (cu132), 33 packages, 3.0 GB to download, 7.4 GB on disk"."""
    torch = next((d.version for d in plan.downloads if d.name in ("torch", "pytorch")), "")
    if not torch:
        return "  ".join(plan.packages)
    version = torch.partition("+")[0]
    return SUMMARY.format(torch=version, build=plan.build, count=len(plan.downloads), sizes=sizes(plan))


def sizes(plan: SetupPlan) -> str:
    """ "3.0 GB to download, 7.4 GB on disk"."""
    known = size(plan.known_bytes) if plan.sizes_known else AT_LEAST.format(size=size(plan.known_bytes))
    download = TO_DOWNLOAD.format(size=known) if plan.known_bytes else NOT_KNOWN
    disk = ON_DISK.format(size=size(plan.disk_bytes)) if plan.disk_bytes else ""
    return download + disk


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
        yield Typed(f"       {command_line(argv, remedy.shell)}")
    if remedy.writes:
        yield f"       {WRITES.format(what=', '.join(remedy.writes))}"

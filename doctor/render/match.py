"""A match on a terminal: the choice, its commands, why not a newer one, Plain text: quick to start."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doctor import gate
from doctor.catalog import BuildTag, Version
from doctor.match.model import Choice, Machine, Match, Rejected
from doctor.model import Argv
from doctor.render.passing import passed_to_lines
from doctor.render.shell import command_line, shell_on

SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
TITLE = "torch {torch} ({build})"
FOR = "for {machine}"
PYPI = "This is the build on PyPI: no index URL is needed."
CONDA_OTHER = "conda-forge has torch {torch} (as of {date})"
NOTHING = "Nothing fits: {message}."
WOULD_FIT = "What would fit:"
COMMANDS = "Install it with one of:"
ACTIVE = "With the environment active, install it with one of:"  # `python` is that of the environment
CLOSED = "Nothing can be installed into the Python of the system, so create an environment:"
CONDA_ONLY = "conda-forge has a build that fits:"
OF_AMD = "AMD's own index has a build for the GPU:"
AMD = "amd-"
WHY_NOT = "Why not another:"
LEFT_OUT = "Not used:"
NOTES = "Worth knowing:"
MORE = "  … {count} more with -v"
_SHOWN = 6


def show(found: Match, machine: Machine, commands: Mapping[str, Argv], *, verbose: bool = False) -> None:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    told: dict[str, Any] = passed_to_lines({"found": found, "machine": machine, "commands": commands})
    gate.page(lines(**told, width=width, verbose=verbose))


def lines(
    found: Match, machine: Machine, commands: Mapping[str, Argv], width: int, *, verbose: bool = False
) -> Iterator[str]:
    """The page, wrapped to `width` columns; commands are never wrapped, so that they can be copied."""
    if found.choice:
        yield title(found.choice)
    else:
        yield from textwrap.wrap(NOTHING.format(message=found.message), width)
    yield from textwrap.wrap(
        FOR.format(machine=describe(machine)), width, initial_indent="  ", subsequent_indent="    "
    )
    yield from _items(WOULD_FIT, [f"{_name(n.torch, n.build)} {n.change}" for n in found.nearest], width)
    yield from _commands(found, machine, commands)
    yield from _section(OF_AMD, {tool: argv for tool, argv in commands.items() if tool.startswith(AMD)}, machine)
    yield from _items(WHY_NOT, _grouped(found, verbose), width)
    yield from _items(LEFT_OUT, [f"{one.gpu}: {one.reason}" for one in found.left_out], width)
    yield from _items(NOTES, found.notes, width)


def title(choice: Choice) -> str:
    companions = [("torchvision", choice.torchvision), ("torchaudio", choice.torchaudio)]
    rest = "".join(f", {name} {version}" for name, version in companions if version)
    return TITLE.format(torch=choice.torch, build=choice.build) + rest


def describe(machine: Machine) -> str:
    free = "free-threaded " * machine.free_threaded
    parts = [
        f"{SYSTEMS.get(machine.os, machine.os)} {machine.macos}".strip() + f" {machine.arch}",
        f"{free}Python {machine.python}" if machine.python else "",
        "musl libc" if machine.libc == "musl" else f"glibc {machine.glibc}" if machine.glibc else "",
        f"NVIDIA driver {machine.driver}" if machine.driver else "",
        *(device.label for device in machine.devices),
    ]
    return ", ".join(part for part in parts if part)


def _commands(found: Match, machine: Machine, commands: Mapping[str, Argv]) -> Iterator[str]:
    own = {tool: argv for tool, argv in commands.items() if not tool.startswith(AMD)}
    of_active = machine.os == "windows" and not machine.interpreter
    heading = (ACTIVE if of_active else COMMANDS) if found.choice else CONDA_ONLY
    yield from _section(CLOSED if machine.closed else heading, own, machine)
    if not own:
        return
    if found.choice and found.choice.index_url is None and not machine.closed:
        yield f"  {PYPI}"
    if found.choice and found.conda and found.conda.torch != found.choice.torch:
        yield f"  {CONDA_OTHER.format(torch=found.conda.torch, date=found.conda.as_of)}"


def _section(heading: str, commands: Mapping[str, Argv], machine: Machine) -> Iterator[str]:
    if not commands:
        return
    yield ""
    yield heading
    for tool, argv in commands.items():
        yield gate.Typed(f"  {tool.removeprefix(AMD):<6} {command_line(argv, shell_on(machine.os))}")


def _items(heading: str, items: Sequence[str], width: int) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield heading
    for item in items:
        yield from textwrap.wrap(item, width, initial_indent="  ", subsequent_indent="    ")


def _grouped(found: Match, verbose: bool) -> list[str]:
    """Builds of one release with the same reason share a line. Only what is newer than the choice, unless verbose."""
    rows = found.rejected if verbose else _newer(found)
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row.torch, row.reason), []).append(row.build)
    items = [f"{torch} {', '.join(builds)}: {reason}" for (torch, reason), builds in groups.items()]
    if verbose or len(items) <= _SHOWN:
        return items
    return [*items[:_SHOWN], MORE.format(count=len(items) - _SHOWN).strip()]


def _newer(found: Match) -> list[Rejected]:
    """Of the accelerator's kind; the other kinds are no alternative that anybody asked for."""
    floor = Version.of(found.choice.torch) if found.choice else ()
    rows = (row for row in found.rejected if BuildTag.of(row.build).kind == found.accelerator)
    return [row for row in rows if Version.of(row.torch) >= floor]


def _name(torch: str, build: str) -> str:
    return torch if build == "mps" else f"{torch}+{build}"

"""What an environment is filled with: the files for a match, for a folder of wheels, or of a lock."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from doctor.catalog import BuildTag
from doctor.match import WHEELS, Machine, Match, Wish, match
from doctor.mirrors import transport
from doctor.model import DoctorError, Exit
from doctor.probes._uv_sources import of_the_folder
from doctor.probes.chosen_sources import pytorch_index
from doctor.setup import folder_of_wheels, index_page, select, sources
from doctor.setup.elsewhere import Elsewhere, target
from doctor.setup.failure import to_do
from doctor.setup.index_page import IndexPage
from doctor.setup.model import CPU_BUILD, Doing, Download, SkippedSource, WheelSource, Where, quietly
from doctor.setup.project import Project
from doctor.setup.relocate import relocate
from doctor.setup.resolve import resolve
from doctor.setup.select import Pinned
from doctor.setup.tools import Installer
from doctor.text.addresses import parts_of

FOLDER = "; --offline takes a folder of wheels"
CUDA_OFFERED = "; without --accelerator cpu, the CUDA build of PyPI is offered, about 3 GB"
DEFAULT = "the default index:"
OTHER_BUILD = "From {name} this is torch {torch} ({build}) instead of torch {wanted} ({wanted_build})."
CPU_INSTEAD = f"A CPU build would be about {CPU_BUILD} to download: --accelerator cpu."
HEEDED = "uv heeds {file}, because you are in its folder: it names {urls}."
LOOKING = "looking for torch at {host}"


class Provision(msgspec.Struct, frozen=True):
    """Files, the requirements they answer, and what should be said about them."""

    packages: tuple[str, ...]
    build: str
    source: str
    downloads: tuple[Download, ...]
    passed: tuple[SkippedSource, ...] = ()
    notes: tuple[str, ...] = ()
    instead_of: SkippedSource | None = None  # of a CPU build, where this one is larger


def from_network(
    installer: Installer,
    base: str,
    machine: Machine,
    wish: Wish,
    doing: Doing = quietly,
    project: Project | None = None,
    *,
    elsewhere: bool = False,
    as_matched: bool = False,
) -> Provision:
    """The match, from the first source that carries the whole of it, with what a project asks for beside it.

    `elsewhere`: the machine is not the one at hand. `as_matched`: no other torch where sources cannot be reached.
    """
    transport.own_options()  # what is set up wrong here is no source's fault
    wish = project.wish(wish, machine) if project else wish
    found = match(machine, wish, wheels=pytorch_index() or WHEELS)
    if found.choice is None:
        hint = "`torch-doctor match -v` with the same options shows every candidate; --python picks another Python"
        raise DoctorError(
            "setup-match", f"nothing fits: {found.message}", "no build is left", hint, exit_code=Exit.NOT_DONE
        )
    named = bool(wish.index_url)
    every = list(sources.candidates(found, machine, wish, _configured_indexes()))
    if as_matched:
        every = [s for s in every if (s.choice.torch, s.choice.build) == (found.choice.torch, found.choice.build)]
    usable, passed = sources.choose(every, machine, named, lambda url: _read(url, doing))
    for source in usable:
        aim = target(machine, source.choice.torch) if elsewhere else None
        try:
            downloads = resolve(installer, base, source.requirements, source.where, elsewhere=aim, doing=doing)
            sources.check_pair(source, downloads)
        except DoctorError as error:
            if named and source.name == sources.NAMED:
                raise
            name = DEFAULT if error.context.startswith("http") else source.name  # which need not be PyPI
            passed.append(SkippedSource(name, error.context or error.message))
            continue
        if project and project.others:
            downloads = _with_others(installer, base, source, downloads, project.others, aim, doing)
        larger = found.accelerator == "cpu" and BuildTag.of(source.choice.build).kind not in ("cpu", "mps")
        own = [] if larger else _switch_notes(found, source, passed)
        return Provision(
            source.requirements,
            source.choice.build,
            _label(source),
            downloads,
            tuple(passed),
            (*_heeded(installer), *own, *found.notes, *(project.notes if project else ())),
            next(iter(passed), None) if larger else None,
        )
    why = _why_none(passed)
    instead = f"{FOLDER}{CUDA_OFFERED if wish.accelerator == 'cpu' else ''}"
    hint = to_do(why) + ("" if as_matched else instead)
    raise DoctorError("setup-source", "no source can be used", why, hint, exit_code=Exit.NOT_DONE)


def _with_others(
    installer: Installer,
    base: str,
    source: WheelSource,
    alone: Sequence[Download],
    others: Sequence[str],
    aim: Elsewhere | None,
    doing: Doing,
) -> tuple[Download, ...]:
    """Everything together; what is not a file that the source gave for torch `alone` comes from the default index."""
    found = resolve(installer, base, source.requirements, source.where, others=others, elsewhere=aim, doing=doing)
    sources.check_pair(source, found)
    if source.where.kind != "index":
        return found
    from_source = {d.url for d in alone}
    return tuple(d if d.url in from_source else msgspec.structs.replace(d, where=Where()) for d in found)


def _read(url: str, doing: Doing) -> IndexPage:
    doing(LOOKING.format(host=parts_of(url).hostname))
    return index_page.read(url)


def _why_none(passed: list[SkippedSource]) -> str:
    """The first, which was named or is PyTorch's own, and the last; those between are mirrors of the catalog."""
    ends = dict.fromkeys((*passed[:1], *passed[-1:]))
    said = "; ".join(f"{one.name} {one.reason}" for one in ends) or "no source has it"
    others = len(passed) - len(ends)
    return f"{said}; nor can {others} other mirrors" if others else said


def _label(source: WheelSource) -> str:
    told = not source.where.url or source.where.shown in source.name
    return source.name if told else f"{source.name} ({source.where.shown})"


def _switch_notes(found: Match, source: WheelSource, passed: list[SkippedSource]) -> list[str]:
    notes = []
    if passed:
        first = passed[0]
        notes.append(sources.INSTEAD.format(passed=first.name, reason=first.reason, name=_label(source)))
    wanted = found.choice
    if wanted and (wanted.torch, wanted.build) != (source.choice.torch, source.choice.build):
        notes.append(
            OTHER_BUILD.format(
                name=source.name,
                torch=source.choice.torch,
                build=source.choice.build,
                wanted=wanted.torch,
                wanted_build=wanted.build,
            )
        )
    if BuildTag.of(source.choice.build).kind not in ("cpu", "mps"):
        notes.append(CPU_INSTEAD)
    return notes


def _heeded(installer: Installer) -> list[str]:
    """What is followed though nobody but the folder has named it."""
    found = of_the_folder(os.environ, Path.cwd()) if installer.kind == "uv" else None
    return [HEEDED.format(file=found[0], urls=", ".join(found[1]))] if found else []


def _configured_indexes() -> list[tuple[str, str]]:
    """Package sources set up on this machine: (where, URL)."""
    import sys

    from doctor import collect
    from doctor.target import Target

    reading = collect.collect(Target(sys.executable, deadline_s=10.0), ("sources",)).sources
    return [(entry.where or entry.tool, entry.url) for entry in (reading.value.entries if reading.value else ())]


def from_folder(
    installer: Installer,
    base: str,
    machine: Machine,
    wish: Wish,
    folder: str,
    doing: Doing = quietly,
    project: Project | None = None,
) -> Provision:
    source = folder_of_wheels.source_in_folder(folder, machine, project.wish(wish, machine) if project else wish)
    others, notes = (project.others, project.notes) if project else ((), ())
    downloads = resolve(installer, base, source.requirements, source.where, others=others, doing=doing)
    return Provision(source.requirements, source.choice.build, _label(source), downloads, notes=notes)


class Locked(msgspec.Struct, frozen=True):
    """The builds of a lock, before it is known which of them fits this machine."""

    pinned: tuple[Pinned, ...]
    python: str

    def provision(self, machine: Machine) -> Provision:
        """The build that fits. Raises DoctorError with the reason for each that does not."""
        one, notes = select.choose_build(self.pinned, machine)
        packages = tuple(f"{d.name}=={d.version}" for d in one.downloads if d.name.startswith("torch"))
        downloads, said = relocate(one.downloads)
        return Provision(packages, one.build.name, f"the lock {one.file}", downloads, (), (*said, *notes))


def read_lock(lock: str, python: str | None) -> Locked:
    """Read a lock: a pylock file, the contract beside it, or the folder that holds them."""
    pinned = select.read(Path(lock).expanduser())
    versions = sorted({one.build.python for one in pinned if one.build.python})
    return Locked(pinned, python or (versions[-1] if versions else ""))

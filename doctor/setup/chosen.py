"""Locks of what is chosen instead of what is installed: a build, for a platform, with a project's requirements."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from doctor import catalog, target
from doctor.catalog import BuildTag
from doctor.collect.this_machine import this_machine
from doctor.match import Machine, Wish
from doctor.match.flags import is_python_version, python_version
from doctor.model import DoctorError, Exit
from doctor.setup import elsewhere, locking, provision, pylock, tools
from doctor.setup.locking import Lock
from doctor.setup.model import Doing, quietly
from doctor.setup.project import Project


class LockRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the command line. Without `platforms` it is this machine; without `builds` what fits it."""

    builds: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    python: str | None = None
    wish: Wish
    project: Project | None = None


class Wanted(msgspec.Struct, frozen=True):
    """One lock. `build` "" is what fits the machine; `elsewhere`: it is not the machine at hand."""

    build: str
    machine: Machine
    base: str  # an interpreter to ask with
    elsewhere: bool

    @property
    def label(self) -> str:
        """For people, before the build may be known."""
        where = elsewhere.name_of(self.machine) if self.elsewhere else "this machine"
        return f"{self.build or 'a build'} for {where}"

    def name(self, build: str) -> str:
        return f"{build}-{elsewhere.name_of(self.machine)}" if self.elsewhere else build


def wanted(request: LockRequest) -> Iterator[Wanted]:
    """Every build for every platform. Raises DoctorError for words that are none."""
    for build in request.builds:
        if not BuildTag.of(build).kind:
            raise DoctorError("lock-build", "expected a build such as cu126, rocm6.4, xpu or cpu", build)
    base, here = _at_hand(request)
    builds = dict.fromkeys(request.builds or ("",))
    if not request.platforms:
        yield from (Wanted(build, here, base, elsewhere=False) for build in builds)
    for platform in dict.fromkeys(request.platforms):
        python = here.python + "t" * here.free_threaded
        machine = elsewhere.machine_named(platform, python)
        if not request.builds and machine.os != "macos":
            hint = "name it: --build cpu, --build cu126"
            raise DoctorError("lock-build", f"the GPU of a machine with {platform} is not known", "no build", hint)
        yield from (Wanted(build, machine, base, elsewhere=True) for build in builds)


def _at_hand(request: LockRequest) -> tuple[str, Machine]:
    """An interpreter, and this machine with the Python that is asked for."""
    named = request.python or (request.project.only_python if request.project else None)
    if not named or not is_python_version(named) or Path(named).exists():
        base = target.find(named, here=False).executable
        return base, this_machine(base)
    version, free = python_version(named)
    found = tools.find_python(version + "t" * free)
    if not found and not request.platforms:
        hint = "install it, or name the platform as well: --platform linux"
        raise DoctorError("lock-python", f"there is no Python {named} here", "not found", hint, Exit.NOT_DONE)
    machine = this_machine(found) if found else this_machine(None, with_interpreter=False)
    return found or sys.executable, msgspec.structs.replace(machine, python=version, free_threaded=free)


def lock(one: Wanted, request: LockRequest, doing: Doing = quietly) -> Lock:
    """Raises DoctorError when there is no such build, or its files cannot be had."""
    _check_build(one.build)
    installer = tools.choose_installer(one.base)
    if one.elsewhere:
        elsewhere.check(installer, one.machine)
    wish = msgspec.structs.replace(request.wish, build=one.build or request.wish.build)
    got = provision.from_network(
        installer, one.base, one.machine, wish, doing, request.project, elsewhere=one.elsewhere, as_matched=True
    )
    downloads = locking.hashed(got.downloads)
    torch = next(d.version for d in downloads if d.name == "torch")
    made = locking.locked_build(one.machine, torch, got.build, BuildTag.of(got.build).kind, downloads)
    if one.elsewhere:
        aim = elsewhere.target(one.machine, torch.partition("+")[0])
        made = msgspec.structs.replace(made, glibc=aim.glibc or made.glibc)
    name = one.name(got.build)
    notes = request.project.notes if request.project else ()
    return Lock(msgspec.structs.replace(made, name=name, file=pylock.file_name(name)), downloads, notes)


def _check_build(build: str) -> None:
    known = dict.fromkeys(row.build for release in catalog.all_releases() for row in release.builds)
    if build and build not in (*known, "mps"):
        newest = ", ".join(row.build for row in catalog.all_releases()[0].builds)
        raise DoctorError("lock-build", f"there is no build {build}", f"the newest torch has {newest}", "name another")

"""One setup: what is asked for becomes a plan, and the plan an environment. Nothing is written before `carry_out`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from doctor import target
from doctor.collect.this_machine import this_machine
from doctor.match import Machine, Wish
from doctor.match.flags import is_python_version, python_version
from doctor.model import DoctorError, Exit
from doctor.process import run
from doctor.setup import environment, filling, provision, tools
from doctor.setup.filling import Prepared, environment_python, install_commands
from doctor.setup.model import Doing, SetupPlan, Where, quietly
from doctor.setup.project import Project
from doctor.setup.provision import Provision
from doctor.setup.room import Unpacked, check_lengths, check_space, unpacked
from doctor.setup.tools import Installer, add_pip
from doctor.target.choose import executable_named, python_in

_MAKE_S = 600.0
_PIP = "pip"
FETCHES_PYTHON = "This machine has no Python {version}: uv downloads one."
CHANGES = "This environment exists: packages in it are added and replaced, which is not undone if the setup fails."
CLEARS = "What an interrupted setup left in this folder is removed first."
ROOM = "asking how much room the packages take"
MAKING = "making the environment"
ADDING_PIP = "adding pip"
NO_PIP = "pip could not be added: `{command}` does it when PyPI can be reached"
Say = Callable[[str], None]


class SetupRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the command line that decide what is set up."""

    folder: Path
    python: str | None = None
    wish: Wish = msgspec.field(default_factory=Wish)
    lock: str | None = None
    offline: str | None = None
    project: Project | None = None


def prepare(request: SetupRequest, doing: Doing = quietly) -> Prepared:
    """Look at the machine and at the sources; raises DoctorError when there is nothing that can be set up."""
    folder = request.folder.expanduser().absolute()
    state = environment.folder_state(folder)
    pinned = provision.read_lock(request.lock, request.python) if request.lock else None
    base, machine = _base_python(request, folder, state, pinned.python if pinned else "")
    installer = tools.choose_installer(base)
    if pinned:
        got = pinned.provision(machine)
    elif request.offline:
        got = provision.from_folder(installer, base, machine, request.wish, request.offline, doing, request.project)
    else:
        got = provision.from_network(installer, base, machine, request.wish, doing, request.project)
    doing(ROOM)
    measured = unpacked(got.downloads)
    plan = _plan(folder, state, base, installer, got, measured)
    check_space(folder, plan)
    return Prepared(plan, installer, base, got.downloads)


def _base_python(request: SetupRequest, folder: Path, state: str, locked_python: str) -> tuple[str, Machine]:
    """The interpreter that the environment is made from (a version, when uv is to fetch it) and its machine."""
    wanted = request.python or locked_python
    if state == "existing":
        return _existing_base(folder, wanted)
    if not wanted:
        base = target.find(here=False).executable
        return base, this_machine(base)
    if request.python and (not is_python_version(wanted) or Path(wanted).exists()):
        import os

        base = executable_named(wanted, os.environ, Path.cwd())
        return base, this_machine(base)
    version, free = python_version(wanted)
    found = tools.find_python(version + "t" * free)
    if found:
        return found, this_machine(found)
    if not tools.find_uv():
        hint = "install it, or uv, which can download it"
        raise DoctorError(
            "setup-python", f"there is no Python {wanted} here", "not on PATH", hint, exit_code=Exit.NOT_DONE
        )
    machine = this_machine(None, with_interpreter=False)
    return version + "t" * free, msgspec.structs.replace(machine, python=version, free_threaded=free)


def _existing_base(folder: Path, wanted: str) -> tuple[str, Machine]:
    machine = this_machine(str(folder))
    same = not wanted or (is_python_version(wanted) and python_version(wanted)[0] == machine.python)
    if not same and not (Path(wanted).exists() and this_machine(wanted).python == machine.python):
        found = f"Python {machine.python} in {folder}; {wanted} was requested"
        raise DoctorError(
            "setup-python", "an environment keeps the Python it was created with", found, "choose another --env"
        )
    return str(python_in(folder)), machine


def _plan(
    folder: Path, state: str, base: str, installer: Installer, got: Provision, measured: Unpacked | None
) -> SetupPlan:
    torch = next((d.version for d in got.downloads if d.name == "torch"), "")
    long = check_lengths(folder, torch, measured, by_pip=installer.kind == "pip")
    notes = [*got.notes, *filter(None, (long,))]
    if is_python_version(base):
        notes.insert(0, FETCHES_PYTHON.format(version=base))
    if state != "new":
        notes.insert(0, CHANGES if state == "existing" else CLEARS)
    python = str(python_in(folder) or environment_python(folder))
    made = () if state == "existing" else (installer.make(base, str(folder)),)
    return SetupPlan(
        folder=str(folder),
        state=state,
        python=base,
        packages=got.packages,
        build=got.build,
        source=got.source,
        commands=(*made, *install_commands(installer, python, folder, got.downloads, existing=state == "existing")),
        downloads=got.downloads,
        passed=got.passed,
        disk_bytes=measured.size if measured else None,
        notes=tuple(notes),
        instead_of=got.instead_of,
    )


def carry_out(prepared: Prepared, say: Say, doing: Doing = quietly) -> None:
    """Make and fill the environment. Raises DoctorError, with nothing of ours left, when it does not come off."""
    if prepared.plan.state == "half-made":
        environment.clear(prepared.folder)
    if prepared.changes:
        filling.fill(prepared, say, doing)
        return
    with environment.creating(prepared.folder):
        doing(MAKING)
        made = filling.run_for(prepared, prepared.installer.make(prepared.base, str(prepared.folder)), say, doing)
        if not made.ok:
            raise filling.install_error(prepared, made)
        filling.fill(prepared, say, doing)
        doing(ADDING_PIP)
        _add_pip(prepared, say)


def _add_pip(prepared: Prepared, say: Say) -> None:
    """People type `pip install`. From Python's own copy; where a system has left that out, from where the rest is."""
    if any(d.name == _PIP for d in prepared.downloads):
        return
    places = (d.where for d in prepared.downloads if d.where.kind == "folder")
    variables = environment.variables(prepared.folder) | {"UV_HTTP_RETRIES": "0", "PIP_RETRIES": "0"}
    own = add_pip(prepared.installer, prepared.python, variables)
    fetched = prepared.installer.fetch_pip(prepared.python, next(places, Where()))
    if not any(run(argv, timeout_s=_MAKE_S, env=variables).ok for argv in (own, fetched)):
        say(NO_PIP.format(command=" ".join(fetched)))

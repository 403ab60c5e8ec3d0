"""One setup: what is asked for becomes a plan, and the plan an environment. Nothing is written before `carry_out`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from doctor.collect.this_machine import this_machine
from doctor.match import Machine, Wish
from doctor.match.flags import is_python_version, python_version
from doctor.model import Argv, DoctorError, Exit
from doctor.process import ProcessResult, run
from doctor.setup import environment, provision, tools
from doctor.setup.failure import last_words, why_failed
from doctor.setup.installing import run_installer
from doctor.setup.model import Doing, Download, SetupPlan, Where, quietly
from doctor.setup.project import Project
from doctor.setup.provision import Provision
from doctor.setup.room import check_space, unpacked_bytes
from doctor.setup.tools import Installer, add_pip
from doctor.target.choose import executable_named, python_in

REQUIREMENTS = "torch-doctor-requirements{number}.txt"
_INSTALL_S = 6 * 3600.0
_MAKE_S = 600.0
_PIP = "pip"
FETCHES_PYTHON = "This machine has no Python {version}: uv downloads one."
CHANGES = "This environment exists: packages in it are added and replaced, which is not undone if the setup fails."
CLEARS = "What an interrupted setup left in this folder is removed first."
ROOM = "asking how much room the packages take"
MAKING = "making the environment"
INSTALLING = "downloading and installing {count} packages"
ADDING_PIP = "adding pip"
NO_PIP = "pip could not be added: `uv pip install --python {python} pip` does it when PyPI can be reached"
Say = Callable[[str], None]


class SetupRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the command line that decide what is set up."""

    folder: Path
    python: str | None = None
    wish: Wish = msgspec.field(default_factory=Wish)
    lock: str | None = None
    offline: str | None = None
    project: Project | None = None


class Prepared(msgspec.Struct, frozen=True):
    """A plan, and what carrying it out needs beside it."""

    plan: SetupPlan
    installer: Installer
    base: str
    downloads: tuple[Download, ...]

    @property
    def folder(self) -> Path:
        return Path(self.plan.folder)

    @property
    def python(self) -> str:
        return str(python_in(self.folder) or environment_python(self.folder))


def environment_python(folder: Path) -> Path:
    """Where venv and uv put the interpreter of an environment they are about to make."""
    import sys

    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


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
    plan = _plan(folder, state, base, installer, got)
    check_space(folder, plan)
    return Prepared(plan, installer, base, got.downloads)


def _base_python(request: SetupRequest, folder: Path, state: str, locked_python: str) -> tuple[str, Machine]:
    """The interpreter that the environment is made from (a version, when uv is to fetch it) and its machine."""
    wanted = request.python or locked_python
    if state == "existing":
        return _existing_base(folder, wanted)
    if not wanted:
        machine = this_machine(None)
        return machine.interpreter, machine
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


def _plan(folder: Path, state: str, base: str, installer: Installer, got: Provision) -> SetupPlan:
    notes = list(got.notes)
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
        commands=(*made, *_install_commands(installer, python, folder, got.downloads, existing=state == "existing")),
        downloads=got.downloads,
        passed=got.passed,
        disk_bytes=unpacked_bytes(got.downloads),
        notes=tuple(notes),
        instead_of=got.instead_of,
    )


def _by_place(downloads: tuple[Download, ...]) -> list[tuple[Where, list[Download]]]:
    """Files of one place are installed together."""
    groups: dict[Where, list[Download]] = {}
    for download in downloads:
        groups.setdefault(download.where, []).append(download)
    return list(groups.items())


def _install_commands(
    installer: Installer, python: str, folder: Path, downloads: tuple[Download, ...], *, existing: bool
) -> tuple[Argv, ...]:
    """One command a place. In an existing environment uv is told to replace: for it 2.15.0+cpu is 2.15.0."""
    commands = []
    for number, (where, group) in enumerate(_by_place(downloads)):
        again = [w for d in group if d.name.startswith("torch") for w in ("--reinstall-package", d.name)]
        extra = again if existing and installer.kind == "uv" else []
        hashed = all(d.sha256 for d in group)
        file = str(_requirements_file(folder, number))
        commands.append(installer.install(python, file, *where.arguments(installer.kind), *extra, hashed=hashed))
    return tuple(commands)


def _requirements_file(folder: Path, number: int) -> Path:
    return folder / REQUIREMENTS.format(number=f"-{number + 1}" if number else "")


def carry_out(prepared: Prepared, say: Say, doing: Doing = quietly) -> None:
    """Make and fill the environment. Raises DoctorError, with nothing of ours left, when it does not come off."""
    if prepared.plan.state == "half-made":
        environment.clear(prepared.folder)
    changing = prepared.plan.state == "existing"
    with contextlib.nullcontext() if changing else environment.creating(prepared.folder):
        if not changing:
            doing(MAKING)
            _run(prepared.installer.make(prepared.base, str(prepared.folder)), prepared, say, doing, _MAKE_S)
        for number, (_, group) in enumerate(_by_place(prepared.downloads)):
            lines = "".join(f"{d.requirement}\n" for d in group)
            _write(_requirements_file(prepared.folder, number), lines)
        doing(INSTALLING.format(count=len(prepared.downloads)))
        for argv in prepared.plan.commands[0 if changing else 1 :]:
            _run(argv, prepared, say, doing, _INSTALL_S)
        if not changing:
            doing(ADDING_PIP)
            _add_pip(prepared, say)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DoctorError(
            "setup-write", f"cannot write {file}", str(error.strerror), exit_code=Exit.NOT_DONE
        ) from error


def _add_pip(prepared: Prepared, say: Say) -> None:
    """People type `pip install`. From Python's own copy; PyPI's where a system has left that out."""
    if any(d.name == _PIP for d in prepared.downloads):
        return
    variables = environment.variables(prepared.folder) | {"UV_HTTP_RETRIES": "0"}
    fetched = (*prepared.installer.argv, "pip", "install", "--python", prepared.python, _PIP)
    own = add_pip(prepared.installer, prepared.python, variables)
    ways = (own, fetched) if prepared.installer.kind == "uv" else (own,)
    if not any(run(argv, timeout_s=_MAKE_S, env=variables).ok for argv in ways):
        say(NO_PIP.format(python=prepared.python))


def _run(argv: Argv, prepared: Prepared, say: Say, doing: Doing, timeout_s: float) -> None:
    ended = run_installer(
        argv,
        timeout_s=timeout_s,
        env=environment.variables(prepared.folder) | prepared.installer.variables,
        say=say,
        doing=doing,
        downloads=prepared.downloads,
        unpacked_bytes=prepared.plan.disk_bytes,
    )
    if not ended.ok:
        raise _install_error(ended, prepared)


def _install_error(ended: ProcessResult, prepared: Prepared) -> DoctorError:
    from doctor import explain

    text = f"{ended.stdout}\n{ended.stderr}"
    cause = next((c.rule for c in explain.causes(text)), "")
    left = "the environment may be partly changed" if prepared.plan.state == "existing" else "nothing was left behind"
    why, step = why_failed(ended)
    steps = [f"see `torch-doctor explain {cause}`"] if cause else []
    return DoctorError(
        "setup-install",
        f"the installation failed{why or f' ({ended.story})'}; {left}",
        last_words(ended),
        "; ".join([*steps, step or "run it again to continue from the download cache"]),
        exit_code=Exit.NOT_DONE,
    )

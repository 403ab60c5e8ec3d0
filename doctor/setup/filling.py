"""What a plan downloads becomes packages: one installer's command for the files of each place.

A download that the installer gives up is gone on with here, from any place that has the file, and installed from a
folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from doctor.model import PROGRAM, Argv, DoctorError, Exit
from doctor.process import ProcessResult
from doctor.setup import environment, fetching
from doctor.setup.failure import last_words, why_failed
from doctor.setup.installing import run_installer
from doctor.setup.model import Doing, Download, SetupPlan, Where
from doctor.setup.relocate import pages_elsewhere
from doctor.setup.tools import Installer
from doctor.target.choose import python_in

REQUIREMENTS = "torch-doctor-requirements{number}.txt"
INSTALLING = "downloading and installing {count} packages"
BROKE_OFF = "the download of {name} broke off: {program} goes on with it"
_WHEELS = "torch-doctor-wheels"
_INSTALL_S = 6 * 3600.0
_AT_ONCE = {"UV_HTTP_RETRIES": "0", "PIP_RETRIES": "0", "PIP_RESUME_RETRIES": "0"}
Say = Callable[[str], None]


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

    @property
    def changes(self) -> bool:
        """The environment is there already."""
        return self.plan.state == "existing"


def environment_python(folder: Path) -> Path:
    """Where venv and uv put the interpreter of an environment they are about to make."""
    import sys

    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def install_commands(
    installer: Installer, python: str, folder: Path, downloads: tuple[Download, ...], *, existing: bool
) -> tuple[Argv, ...]:
    """One command a place."""
    return tuple(
        _command(installer, python, _requirements_file(folder, number), where, group, existing=existing)
        for number, (where, group) in enumerate(_by_place(downloads))
    )


def _command(
    installer: Installer, python: str, file: Path, where: Where, group: Sequence[Download], *, existing: bool
) -> Argv:
    """In an existing environment uv is told to replace: for it 2.15.0+cpu is 2.15.0."""
    again = [w for d in group if d.name.startswith("torch") for w in ("--reinstall-package", d.name)]
    extra = again if existing and installer.kind == "uv" else []
    hashed = all(d.sha256 for d in group)
    return installer.install(python, str(file), *where.arguments(installer.kind), *extra, hashed=hashed)


def _by_place(downloads: tuple[Download, ...]) -> list[tuple[Where, list[Download]]]:
    """Files of one place are installed together."""
    groups: dict[Where, list[Download]] = {}
    for download in downloads:
        groups.setdefault(download.where, []).append(download)
    return list(groups.items())


def _requirements_file(folder: Path, number: int) -> Path:
    return folder / REQUIREMENTS.format(number=f"-{number + 1}" if number else "")


def fill(prepared: Prepared, say: Say, doing: Doing) -> None:
    """Install everything into the environment. Raises DoctorError where something of it cannot be had."""
    groups = _by_place(prepared.downloads)
    for number, (_, group) in enumerate(groups):
        _write(_requirements_file(prepared.folder, number), group)
    doing(INSTALLING.format(count=len(prepared.downloads)))
    for (where, group), argv in zip(groups, prepared.plan.commands[-len(groups) :], strict=True):
        ended = run_for(prepared, argv, say, doing)
        if not ended.ok:
            _go_on_elsewhere(prepared, where, group, ended, say, doing)


def _go_on_elsewhere(
    prepared: Prepared, where: Where, group: list[Download], ended: ProcessResult, say: Say, doing: Doing
) -> None:
    """Fetch what breaks off, one file after the other, until the installer gets the rest."""
    folder, left = prepared.folder / _WHEELS, list(group)
    try:
        while left and not ended.ok:
            broken = fetching.broken_off(ended, left)
            if not broken:
                raise install_error(prepared, ended)
            for one in broken:
                say(BROKE_OFF.format(name=one.name, program=PROGRAM))
                if problems := _fetch(one, folder, say, doing):
                    raise install_error(prepared, ended, problems)
                left.remove(one)
            ended = _install(prepared, folder, where, left, doing) if left else ended
        fetched = [one for one in group if one not in left]
        ended = _install(prepared, folder, Where("folder", str(folder)), fetched, doing)
        if not ended.ok:
            raise install_error(prepared, ended)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fetch(download: Download, folder: Path, say: Say, doing: Doing) -> str:
    try:
        folder.mkdir(exist_ok=True)
        return fetching.fetch(download, folder, pages_elsewhere(download), say, doing)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _install(prepared: Prepared, folder: Path, where: Where, group: list[Download], doing: Doing) -> ProcessResult:
    """Part of a plan. Whoever does not answer now is not waited for, and no complaint is shown twice."""
    file = folder / REQUIREMENTS.format(number="")
    _write(file, group)
    argv = _command(prepared.installer, prepared.python, file, where, group, existing=prepared.changes)
    return run_for(prepared, argv, lambda _: None, doing, more=_AT_ONCE)


def _write(file: Path, group: Sequence[Download]) -> None:
    try:
        file.write_text("".join(f"{d.requirement}\n" for d in group), encoding="utf-8")
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> DoctorError:
    return DoctorError("setup-write", f"cannot write {file}", str(error.strerror), exit_code=Exit.NOT_DONE)


def run_for(
    prepared: Prepared, argv: Argv, say: Say, doing: Doing, more: dict[str, str] | None = None
) -> ProcessResult:
    return run_installer(
        argv,
        timeout_s=_INSTALL_S,
        env=environment.variables(prepared.folder) | prepared.installer.variables | (more or {}),
        say=say,
        doing=doing,
        downloads=prepared.downloads,
        unpacked_bytes=prepared.plan.disk_bytes,
    )


def install_error(prepared: Prepared, ended: ProcessResult, elsewhere: str = "") -> DoctorError:
    """`elsewhere`: what the other places said."""
    from doctor import explain

    text = f"{ended.stdout}\n{ended.stderr}"
    cause = next((c.rule for c in explain.causes(text)), "")
    left = "the environment may be partly changed" if prepared.changes else "nothing was left behind"
    why, step = why_failed(ended)
    hint = f"see `torch-doctor explain {cause}`; " if cause else ""
    return DoctorError(
        "setup-install",
        f"the installation failed{why or f' ({ended.story})'}; {left}",
        "\n".join(filter(None, (last_words(ended), elsewhere))),
        f"{hint}{step or 'run it again to continue from the download cache'}",
        exit_code=Exit.NOT_DONE,
    )

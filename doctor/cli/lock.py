"""Write what makes an environment reproducible: pylock.BUILD.toml, with the hash of every file, and doctor.lock.toml.

doctor.lock.toml holds what a package lock does not: the driver, GPU code, glibc and Python that each build needs.
Several builds (cpu, cu126 …) can stand side by side; `torch-doctor setup --from FOLDER` uses the one that fits.
With --build, --platform or --requirements nothing installed is locked: for each build and platform a torch is chosen,
and all files are looked for as they are there. What cannot be had is said, and the others are written.
Needs access to the package sources. Exit code: 0 written, 2 wrong usage or unreadable lock, 4 cannot be locked.
--check compares the environment with a lock instead, without any network, for CI. Exit code: 0 the same, 1 they differ.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from doctor import gate
from doctor.cli._project import add_project, project_named
from doctor.model import DoctorError, Exit
from doctor.render.working import StatusLine

if TYPE_CHECKING:
    from doctor.match import Wish
    from doctor.setup.locking import Lock

CHOOSING = ("build", "platform", "torch", "requirements", "extra", "group")
EXAMINING = "examining {python}"
CHOOSING_ONE = "choosing"
CANNOT = "{what} cannot be locked: {why}"
WROTE = "wrote {file}"
BUILD = "{name}: torch {torch}, Python {python}, {os} {arch}, {count} packages"
NEEDS = "  needs {what}"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--python", metavar="PATH", help="interpreter or environment to lock (default: the active one)")
    add("--build", action="append", default=[], metavar="BUILD", help="cpu, cu126, rocm6.4 … (repeatable)")
    add(
        "--platform",
        action="append",
        default=[],
        metavar="PLATFORM",
        help="linux, windows, macos or with the architecture, linux-aarch64 (repeatable; default: this machine);"
        " --python is a version then, such as 3.12",
    )
    add("--torch", metavar="VERSIONS", help='the wanted versions with --build or --platform, such as ">=2.4,<2.7"')
    add_project(parser)
    add("-o", "--output", metavar="DIR", default=".", help="folder for the lock files (default: the current one)")
    add("--index-url", metavar="URL", help="index that has the files (default: the usual index of each build)")
    add("--dry-run", action="store_true", help="show what would be written and stop")
    add("--check", action="store_true", help="say whether the environment still is what the lock in --output says")
    add("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    from doctor.match.flags import wish_from

    wish = wish_from(options.torch, None, options.index_url)
    folder = Path(options.output).expanduser()
    if options.check:
        return _check(options, folder)
    if folder.exists() and not folder.is_dir():
        raise DoctorError("lock-write", "--output must name a folder", f"{folder} is a file", "name another folder")
    if any(getattr(options, name) for name in CHOOSING):
        return _lock_chosen(options, wish, folder)
    return _lock_installed(options, folder)


def _lock_installed(options: argparse.Namespace, folder: Path) -> int:
    from doctor import collect
    from doctor.cli._target import find_target
    from doctor.setup import locking, tools

    found = find_target(options.python)
    with StatusLine(EXAMINING.format(python=found.executable)) as work:
        facts = collect.collect(found, locking.FIELDS)
        installer = tools.choose_installer(found.executable)
        made = locking.lock(facts, installer, found.executable, options.index_url or "", work.doing)
    files = () if options.dry_run else locking.write(made, folder)
    if options.format == "json":
        from doctor.render import envelope

        envelope.write("lock", {"written": [str(file) for file in files], **msgspec.structs.asdict(made)})
    else:
        _show(made, files)
    return 0


def _lock_chosen(options: argparse.Namespace, wish: Wish, folder: Path) -> int:
    from doctor.cli import print_error
    from doctor.setup import chosen, locking

    request = chosen.LockRequest(
        builds=tuple(options.build),
        platforms=tuple(options.platform),
        python=options.python,
        wish=wish,
        project=project_named(options),
    )
    made: list[Lock] = []
    files: list[Path] = []
    failed: dict[str, DoctorError] = {}
    with StatusLine(CHOOSING_ONE) as work:
        for one in tuple(chosen.wanted(request)):
            try:
                lock = chosen.lock(one, request, partial(_doing, work, one.label))
                files += () if options.dry_run else locking.write(lock, folder)
                made.append(lock)
            except DoctorError as error:
                error.message = CANNOT.format(what=one.label, why=error.message)
                failed[one.label] = error
    for why in failed.values():
        print_error(why)
    _show_chosen(options.format, made, list(dict.fromkeys(files)), failed)
    return Exit.NOT_DONE if failed else Exit.OK


def _doing(work: StatusLine, label: str, what: str) -> None:
    work.doing(f"{label}: {what}")


def _show_chosen(form: str, made: list[Lock], written: list[Path], failed: dict[str, DoctorError]) -> None:
    if form == "json":
        from doctor.render import envelope

        why = [{"what": what, "reference": e.reference, "found": e.context} for what, e in failed.items()]
        envelope.write("lock", {"written": list(map(str, written)), "locks": made, "failed": why})
        return
    for lock in made:
        _show(lock, ())
    _tell_written(written)


def _check(options: argparse.Namespace, lock: Path) -> int:
    from doctor import collect
    from doctor.cli._target import find_target
    from doctor.cli.diff import show
    from doctor.setup import drift

    rival = next((name for name in (*CHOOSING, "index_url", "dry_run") if getattr(options, name)), "")
    if rival:
        word = f"--{rival.replace('_', '-')}"
        raise DoctorError("lock-flags", f"--check and {word} exclude each other", "both", "leave one of them out")
    found = find_target(options.python)
    with StatusLine(EXAMINING.format(python=found.executable)):
        compared = drift.compare(lock, collect.collect(found, drift.FIELDS), found.executable)
    show(compared, options.format)
    return Exit.OK if compared.identical else Exit.PROBLEMS


def _show(made: Lock, files: tuple[Path, ...]) -> None:
    build = made.build
    count = len(made.downloads)
    where = {"python": build.python, "os": build.os, "arch": build.arch}
    head = BUILD.format(name=build.name, torch=build.torch, count=count, **where)
    needs = [f"glibc {build.glibc} or newer"] if build.glibc else []
    needs += [f"macOS {build.macos} or newer"] if build.macos else []
    if build.device != "cpu":
        needs += [f"NVIDIA driver {build.minimum_driver} or newer"] if build.minimum_driver else []
        needs += [f"a GPU of {' '.join(build.compute_capabilities)}"] if build.compute_capabilities else []
    gate.page([head, *(NEEDS.format(what=what) for what in needs), *(f"  {note}" for note in made.notes)])
    _tell_written(files)


def _tell_written(files: Iterable[Path]) -> None:
    gate.page(gate.Typed(WROTE.format(file=gate.word(str(file)))) for file in files)

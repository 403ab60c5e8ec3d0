"""Write what makes an environment reproducible: pylock.BUILD.toml, with the hash of every file, and doctor.lock.toml.

doctor.lock.toml holds what a package lock does not: the driver, GPU code, glibc and Python that each build needs.
Several builds (cpu, cu126 …) can stand side by side; `torch-doctor setup --from FOLDER` uses the one that fits.
Needs access to the package sources. Exit code: 0 written, 2 wrong usage or unreadable lock, 4 cannot be locked.
--check compares the environment with a lock instead, without any network, for CI. Exit code: 0 the same, 1 they differ.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from doctor.model import DoctorError, Exit
from doctor.render.working import StatusLine

if TYPE_CHECKING:
    from doctor.setup.locking import Lock

EXAMINING = "examining {python}"
WROTE = "wrote {file}"
BUILD = "{name}: torch {torch}, Python {python}, {os} {arch}, {count} packages"
NEEDS = "  needs {what}"


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--python", metavar="PATH", help="interpreter or environment to lock (default: the active one)")
    add("-o", "--output", metavar="DIR", default=".", help="folder for the lock files (default: the current one)")
    add("--index-url", metavar="URL", help="index that has the files (default: the usual index of each build)")
    add("--dry-run", action="store_true", help="show what would be written and stop")
    add("--check", action="store_true", help="say whether the environment still is what the lock in --output says")
    add("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    from doctor import collect, target
    from doctor.match.flags import wish_from
    from doctor.setup import locking, tools

    wish_from(None, None, options.index_url)
    folder = Path(options.output).expanduser()
    if options.check:
        return _check(options, folder)
    if folder.exists() and not folder.is_dir():
        raise DoctorError("lock-write", "--output must name a folder", f"{folder} is a file", "name another folder")
    found = target.find(options.python)
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


def _check(options: argparse.Namespace, lock: Path) -> int:
    from doctor import collect, target
    from doctor.cli.diff import show
    from doctor.setup import drift

    if options.index_url or options.dry_run:
        word = "--index-url" if options.index_url else "--dry-run"
        raise DoctorError("lock-flags", f"--check and {word} exclude each other", "both", "leave one of them out")
    found = target.find(options.python)
    with StatusLine(EXAMINING.format(python=found.executable)):
        compared = drift.compare(lock, collect.collect(found, drift.FIELDS), found.executable)
    show(compared, options.format)
    return Exit.OK if compared.identical else Exit.PROBLEMS


def _show(made: Lock, files: tuple[Path, ...]) -> None:
    build = made.build
    count = len(made.downloads)
    print(
        BUILD.format(name=build.name, torch=build.torch, python=build.python, os=build.os, arch=build.arch, count=count)
    )
    needs = [f"glibc {build.glibc} or newer"] if build.glibc else []
    needs += [f"macOS {build.macos} or newer"] if build.macos else []
    if build.device != "cpu":
        needs += [f"NVIDIA driver {build.minimum_driver} or newer"] if build.minimum_driver else []
        needs += [f"a GPU of {' '.join(build.compute_capabilities)}"] if build.compute_capabilities else []
    for what in needs:
        print(NEEDS.format(what=what))
    for note in made.notes:
        print(f"  {note}")
    for file in files:
        print(WROTE.format(file=file))

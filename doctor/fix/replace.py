"""Packages replaced in a copy of the environment, which then takes the old one's place in one step.

The folders of the environment are copied beside it by hard links, the installers work in the copy, the copy is tried,
and only then are the package folders exchanged. A network that is cut, a full disk or a kill before that leaves the old
environment as it was; one after it leaves the new one. What an interrupted run leaves behind is removed by the next.
Where a file system renames no folders, their entries are exchanged (`doctor.fix.entries`).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from filelock import FileLock

from doctor.bootstrap import ending
from doctor.files.atomic import moved
from doctor.fix import entries
from doctor.model import Argv
from doctor.process import run

NO_COPY = "the environment could not be copied: {why}"
WORSE = "torch could be imported before, but not with the new packages: {why}"
FOLDER = ".torch-doctor"
_ASK = (
    "import json,sys,sysconfig;p=sysconfig.get_paths();"
    "print(json.dumps([sys.prefix,sys.base_prefix,p['scripts'],p['purelib'],p['platlib']]))"
)
_ASK_S, _IMPORT_S = 30.0, 300.0
_COPIED = (".pth", ".egg-link", ".dist-info", ".egg-info")  # what installers may rewrite in place
_RENAME_EXCHANGE, _AT_FDCWD = 2, -100
Failed = Callable[[Argv], str]  # runs a command; what it said, "" when it worked


class Layout(msgspec.Struct, frozen=True):
    """Where an environment keeps what an installer changes."""

    python: Path
    prefix: Path
    scripts: Path
    packages: tuple[Path, ...]
    name: str = "copy"  # one of its own for each run: an installer that a kill left behind may still write

    @property
    def folder(self) -> Path:
        """Our own folder inside the environment: on the same file system, and gone with it."""
        return self.prefix / FOLDER

    @property
    def copy(self) -> Path:
        return self.folder / self.name

    def in_copy(self, path: Path) -> Path:
        return self.copy / path.relative_to(self.prefix)


def layout_of(python: str) -> Layout | None:
    """The layout of an environment that stands by itself in a folder; None for a Python that belongs to a system."""
    ended = run([python, "-I", "-X", "utf8", "-c", _ASK], timeout_s=_ASK_S)
    try:
        prefix, base, scripts, *packages = map(Path, json.loads(ended.stdout.strip().splitlines()[-1]))
    except (ValueError, IndexError):
        return None
    stands_alone = prefix != base or (prefix / "conda-meta").is_dir()
    inside = all(path.is_relative_to(prefix) for path in (Path(python).absolute(), scripts, *packages))
    if not (stands_alone and inside and os.access(prefix, os.W_OK)):
        return None
    distinct = {path.resolve(): path for path in reversed(packages)}  # lib64 is often a link to lib
    return Layout(Path(python).absolute(), prefix, scripts, tuple(distinct.values()))


def replace(layout: Layout, commands: Sequence[Argv], run_one: Failed) -> str:
    """Run installers for an environment so that it is either as before or wholly new; what went wrong, or ""."""
    layout.folder.mkdir(exist_ok=True)
    with FileLock(layout.folder / "lock"):
        _recover(layout)
        layout = msgspec.structs.replace(layout, name=f"copy-{secrets.token_hex(4)}")
        try:
            return _in_copy(layout, commands, run_one)
        finally:
            with ending.held():
                if not entries.is_unfinished(layout.folder):
                    shutil.rmtree(layout.copy, ignore_errors=True)


def _in_copy(layout: Layout, commands: Sequence[Argv], run_one: Failed) -> str:
    try:
        _link_tree(layout.prefix, layout.copy)
    except OSError as error:
        return NO_COPY.format(why=error.strerror or error)
    python = layout.in_copy(layout.python)
    worked = _import_torch(str(layout.python)) == ""
    for argv in commands:
        if failed := run_one(_with_python(argv, layout, python)):
            return failed
    if worked and (failed := _import_torch(str(python))):
        return WORSE.format(why=failed)
    with ending.held():
        _bring_over(layout)
    return ""


def _with_python(argv: Argv, layout: Layout, python: Path) -> Argv:
    return tuple(str(python) if word == str(layout.python) else word for word in argv)


def _import_torch(python: str) -> str:
    ended = run([python, "-I", "-X", "utf8", "-c", "import torch"], timeout_s=_IMPORT_S)
    return "" if ended.ok else (ended.stderr.strip().splitlines() or [ended.story])[-1]


def _link_tree(source: Path, target: Path) -> None:
    """A copy by hard links; what installers rewrite in place is copied, and so is what cannot be linked."""
    ignore = shutil.ignore_patterns(FOLDER)
    shutil.copytree(source, target, symlinks=True, ignore=ignore, copy_function=_link)


def _link(source: str, target: str) -> None:
    if any(part in source for part in _COPIED):
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # across file systems, of a foreign owner, in some containers; on a full disk this fails as well
        shutil.copy2(source, target, follow_symlinks=False)


def _bring_over(layout: Layout) -> None:
    """Scripts first, one by one: an old package with a new launcher works; then the package folders at once."""
    for script in _changed_scripts(layout):
        _rewrite(script, layout)
        script.replace(layout.scripts / script.name)
    for packages in layout.packages:
        try:
            exchange(layout.in_copy(packages), packages)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            entries.bring_over(layout.folder, layout.in_copy(packages), packages)


def _changed_scripts(layout: Layout) -> Iterator[Path]:
    for script in sorted(layout.in_copy(layout.scripts).iterdir()):
        old = layout.scripts / script.name
        if script.is_file() and not script.is_symlink() and not (old.exists() and script.samefile(old)):
            yield script


def _rewrite(script: Path, layout: Layout) -> None:
    """A launcher names the interpreter it was made for; the copy's will be gone."""
    content = script.read_bytes()
    named = content.replace(os.fsencode(layout.copy), os.fsencode(layout.prefix))
    if named != content:
        mode = script.stat().st_mode
        script.unlink()
        script.write_bytes(named)
        script.chmod(mode)


def exchange(one: Path, other: Path) -> None:
    """Two folders change places: in one step where the system can, else in three with the way back kept."""
    if sys.platform == "linux" and _exchanged(one, other):
        return
    aside = _aside(other)
    moved(other, aside)
    try:
        moved(one, other)
    except OSError:
        moved(aside, other)
        raise
    moved(aside, one)


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.torch-doctor-old")


def _exchanged(one: Path, other: Path) -> bool:
    with contextlib.suppress(AttributeError):
        exchanged = ctypes.CDLL(None).renameat2
        return bool(exchanged(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
    return False


def _recover(layout: Layout) -> None:
    """End or take away what an interrupted run left, and put back a folder that stood aside."""
    if entries.is_unfinished(layout.folder):
        with ending.held():
            entries.finish(layout.folder)
    for packages in layout.packages:
        if not packages.exists() and _aside(packages).exists():
            _aside(packages).rename(packages)
        shutil.rmtree(_aside(packages), ignore_errors=True)
    for left in layout.folder.glob("copy*"):
        shutil.rmtree(left, ignore_errors=True)

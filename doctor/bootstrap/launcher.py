"""`torch-doctor` as a command: a small file in a folder on PATH, and one in each environment that was made, so that an
activated one has it too. A file that is not ours is never written over; ours are known by their content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from doctor.bootstrap import search_path
from doctor.bootstrap.home import Home, missing_above, read, remove_empty, replace, write
from doctor.bootstrap.records import EnvironmentRecord

NAME = "torch-doctor.cmd" if sys.platform == "win32" else "torch-doctor"
_SH = """#!/bin/sh
# starts torch-doctor in its own folder; the bootstrap wrote this file, and its --uninstall removes it
# what uv keeps lies, and goes, with that folder, unless there is a cache of the user's
[ -n "$UV_CACHE_DIR" ] || [ -d "${{XDG_CACHE_HOME:-$HOME/.cache}}/uv" ] || export UV_CACHE_DIR={cache}
# a PYTHONHOME is another Python's; what is examined still sees it
[ -z "$PYTHONHOME" ] || exec {python} -E -P -m doctor "$@"
exec {program} "$@"
"""
_CMD = """\
@rem torch-doctor's bootstrap wrote this file, and its uninstall removes it
@setlocal
@rem a PYTHONHOME is another Python's; what is examined still sees it
@if defined PYTHONHOME (set "WITHOUT=-E") else (set "WITHOUT=")
@"{python}" %WITHOUT% -P -m doctor %*
""".replace("\n", "\r\n")
Say = Callable[[str], None]


def place(home: Home) -> Path:
    """Where the command lies that every shell finds."""
    return (home.folder / "bin" if sys.platform == "win32" else Path.home() / ".local" / "bin") / NAME


def program(home: Home) -> Path:
    """What it starts."""
    if sys.platform == "win32":
        return home.doctor / "Scripts" / "torch-doctor.exe"
    return home.doctor / "bin" / "torch-doctor"


def plan(home: Home, variables: Mapping[str, str]) -> str:
    """What `install` will do, in a line of the plan."""
    file = place(home)
    if not _may_write(home, file):
        return f"{file} is there and is not the bootstrap's: it stays as it is"
    if search_path.holds(file.parent, variables):
        return str(file)
    if sys.platform == "win32":
        return f"{file}, whose folder is added to your PATH"
    return f"{file}, whose folder is not on your PATH yet"


def install(
    home: Home, environment: EnvironmentRecord, variables: Mapping[str, str], say: Say, may: Callable[[str], bool]
) -> None:
    """Make the command, and lead the user's shells to it; `may` asks whether a file of the user's may be changed."""
    for file in (place(home), *_inside(environment)):
        if _may_write(home, file):
            with contextlib.suppress(UnicodeEncodeError):  # the one in the folder on PATH is always found
                _make(home, file)
        else:
            say(f"{file} is not the bootstrap's and stays as it is")
    search_path.lead_to(home, place(home).parent, variables, say, may)


def is_found(home: Home, environment: EnvironmentRecord, variables: Mapping[str, str]) -> bool:
    """Whether a new shell in which the environment is active finds the command."""
    inside = any(_is_ours(home, file) for file in _inside(environment))
    return inside or (_is_ours(home, place(home)) and search_path.holds(place(home).parent, variables))


def files(home: Home) -> tuple[Path, ...]:
    """Those that are there and ours."""
    known = (place(home), *map(Path, _recorded(home)))
    return tuple(file for file in dict.fromkeys(known) if _is_ours(home, file))


def is_as_recorded(home: Home, folder: Path) -> bool:
    """Whether the command is still in an environment that once got it; true of one that never did."""
    inside = folder / ("Scripts" if sys.platform == "win32" else "bin") / NAME
    return str(inside) not in _recorded(home) or os.path.lexists(inside)


def forget_inside(home: Home, folder: Path) -> None:
    """Before the environment goes: it is then known as ours without the command, if a kill leaves a part of it."""
    known = read(home.folder / "launcher.json")
    kept = {file: digest for file, digest in _recorded(home).items() if folder not in Path(file).parents}
    if known:
        write(home.folder / "launcher.json", {**known, "files": kept})


def remove(home: Home) -> list[str]:
    """Take every one away, with the folders that were made for them; says what could not be removed."""
    problems = []
    for file in (place(home), *map(Path, _recorded(home))):  # of a run that was killed while it wrote one
        with contextlib.suppress(OSError):
            _part(file).unlink(missing_ok=True)
    for file in files(home):
        try:
            file.unlink()
        except OSError as error:
            problems.append(f"{file}: {error.strerror}")
    folders = read(home.folder / "launcher.json").get("folders")
    remove_empty(folders if isinstance(folders, list) else [])
    return problems


def _inside(environment: EnvironmentRecord) -> tuple[Path, ...]:
    """Its place in an environment that is ours and there."""
    folder = Path(environment.folder) / ("Scripts" if sys.platform == "win32" else "bin")
    return (folder / NAME,) if environment.made and folder.is_dir() else ()


def _make(home: Home, file: Path) -> None:
    """On record before it is there: what a killed run leaves is known."""
    content = _content(home, file)
    known = read(home.folder / "launcher.json")
    made = known.get("folders")
    folders = [*(made if isinstance(made, list) else []), *(str(folder) for folder in missing_above(file))]
    written = {**_recorded(home), str(file): hashlib.sha256(content).hexdigest()}
    write(home.folder / "launcher.json", {**known, "files": written, "folders": list(dict.fromkeys(folders))})
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    replace(file, content, _part(file), 0o755)


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.part")


def _recorded(home: Home) -> dict[str, str]:
    written = read(home.folder / "launcher.json").get("files")
    return {str(file): str(digest) for file, digest in written.items()} if isinstance(written, dict) else {}


def _may_write(home: Home, file: Path) -> bool:
    return not os.path.lexists(file) or _is_ours(home, file)


def _is_ours(home: Home, file: Path) -> bool:
    with contextlib.suppress(OSError, UnicodeEncodeError):
        content = b"" if file.is_symlink() else file.read_bytes()
        known = _recorded(home).get(str(file)) == hashlib.sha256(content).hexdigest()
        return known or content == _content(home, file)
    return False


def _content(home: Home, file: Path) -> bytes:
    if sys.platform == "win32":
        return _for_cmd(home.doctor / "Scripts" / "python.exe", file)
    return os.fsencode(
        _SH.format(
            program=shlex.quote(str(program(home))),
            python=shlex.quote(str(program(home).with_name("python"))),
            cache=shlex.quote(str(home.folder / "cache" / "uv")),
        )
    )


def _for_cmd(python: Path, file: Path) -> bytes:
    """cmd reads the file in the code page of its window: by a way in ASCII where there is one. Raises
    UnicodeEncodeError for a path that this page cannot write."""
    for word, base in (("%~dp0", file.parent), ("%LOCALAPPDATA%\\", os.environ.get("LOCALAPPDATA") or file.parent)):
        with contextlib.suppress(ValueError):  # another drive
            relative = os.path.relpath(python, base)
            if relative.isascii():
                return _CMD.format(python=f"{word}{relative}").encode()
    return _CMD.format(python=python).encode("oem")

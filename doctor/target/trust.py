"""What speaks against starting the environment that lies in the working folder: nobody has named or activated it.

It is started only when it is the user's own as far as can be seen: no part of it belongs to somebody else, and it did
not come with the folder, which is what git's index tells.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from doctor.files import regular
from doctor.text.numbers import whole

THEIRS = "{path} belongs to another user"
CAME = "{path} is under version control, so it came with the folder"
_MOST_BYTES = 1 << 28
_GIT_DIR = re.compile(r"gitdir: (.+)")


def objection(environment: Path, interpreter: Path) -> str:
    """Why the environment is not started unasked; "" when nothing speaks against it."""
    for path in _parts(environment, interpreter):
        if not _is_ours(path):
            return THEIRS.format(path=path)
    return CAME.format(path=environment) if _is_tracked(environment) else ""


def _parts(environment: Path, interpreter: Path) -> Iterator[Path]:
    """What decides about what would run. An interpreter of the user's own may be a link to anybody's Python."""
    yield from (environment.parent, environment, interpreter.parent, interpreter)
    config = environment / "pyvenv.cfg"
    if os.path.lexists(config):
        yield config


def _is_ours(path: Path) -> bool:
    """Ours or root's, the link as well as the folder that it leads to. On Windows nobody is asked."""
    if sys.platform == "win32":
        return True
    mine = {os.geteuid(), 0}
    if os.geteuid() == 0 and (user := whole(os.environ.get("SUDO_UID", ""))) is not None:
        mine.add(user)  # who became root here started this all the same
    return _owners(path) <= mine


def _owners(path: Path) -> set[int]:
    return {path.lstat().st_uid, *([path.stat().st_uid] if path.is_dir() else [])}


def _is_tracked(environment: Path) -> bool:
    """Whether the index of the git repository around it has it, or a file in it."""
    for folder in environment.parents:
        index = _index_of(folder / ".git")
        if index is not None:
            return _names(index, environment.relative_to(folder).as_posix().encode("utf-8", "surrogateescape"))
    return False


def _index_of(git: Path) -> bytes | None:
    """The index of a checkout, of a worktree or of a submodule; None where there is none."""
    try:
        if git.is_file() and (found := _GIT_DIR.match(os.fsdecode(regular.read(git)))):
            git = git.parent / found[1].strip()
        return regular.read(git / "index", _MOST_BYTES)
    except OSError:
        return None


def _names(index: bytes, path: bytes) -> bool:
    """Whether it has the path or something below it, in any case, as some file systems see it.

    Before each name stands its length, but in version 4 a name begins where it differs from the one before it.
    """
    wanted = path.lower()
    if index[4:8] == b"\0\0\0\4":
        with contextlib.suppress(IndexError, ValueError):  # cut off
            return any((name.lower() + b"/").startswith(wanted + b"/") for name in _names_in_version_4(index))
        return False
    for found in re.finditer(re.escape(wanted) + rb"(?=[/\0])", index.lower()):
        length = index.find(b"\0", found.end()) - found.start()
        if int.from_bytes(index[found.start() - 2 : found.start()]) & 0xFFF == min(length, 0xFFF):
            return True
    return False


def _names_in_version_4(index: bytes) -> Iterator[bytes]:
    at, name = 12, b""
    for _ in range(int.from_bytes(index[8:12])):
        at += 64 if index[at + 60] & 0x40 else 62  # times, modes, SHA-1 and flags, which may be extended
        cut = index[at] & 0x7F
        while index[at] & 0x80:
            at += 1
            cut = (cut + 1) << 7 | index[at] & 0x7F
        end = index.index(b"\0", at + 1)
        name = name[: len(name) - cut] + index[at + 1 : end]
        yield name
        at = end + 1

"""Temporary folders of ours: gone with the run, and where that was killed, with the next one that makes such a folder.

A file in it says by its lock whether the run it belongs to still lives. What has no such file is none of ours.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from doctor.bootstrap import ending
from doctor.bootstrap.home import try_lock

_PREFIX, _OWNER = "torch-doctor-", ".torch-doctor-owner"
_TRIES = 3
_made: dict[str, int] = {}


@contextlib.contextmanager
def folder() -> Iterator[str]:
    """A new one; it goes when the block ends, however it ends."""
    sweep()
    with ending.held() as hold:
        path, owner = _make()
        _made[path] = owner
        try:
            hold.release()
            yield path
        finally:
            with ending.held():
                _remove(path)


def variables(path: str) -> dict[str, str]:
    """For programs that are to leave what they leave behind in a folder."""
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), path)


def remove_all() -> None:
    """Those that are still there when a signal has ended the program."""
    for path in list(_made):
        _remove(path)


def sweep() -> None:
    """Remove what killed runs of this user left."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False) and _is_left(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _make() -> tuple[str, int]:
    """A run that sweeps may come between the file and its lock. Where files cannot be locked, nobody sweeps."""
    for _ in range(_TRIES):
        path = tempfile.mkdtemp(prefix=_PREFIX)
        owner = os.open(Path(path, _OWNER), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if try_lock(owner) and Path(path, _OWNER).exists():
            break
    return path, owner


def _remove(path: str) -> None:
    if (owner := _made.pop(path, None)) is not None:
        os.close(owner)
        shutil.rmtree(path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    if hasattr(os, "getuid") and entry.stat(follow_symlinks=False).st_uid != os.getuid():
        return False
    try:
        owner = os.open(Path(entry.path, _OWNER), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return try_lock(owner)
    finally:
        os.close(owner)

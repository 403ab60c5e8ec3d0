"""Files written as a whole: on disk before the old one goes, never half of each."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from pathlib import Path

from doctor.bootstrap import ending
from doctor.files import regular

_HELD_S = (0.05, 0.1, 0.2, 0.4, 0.8)


def fingerprint(data: bytes | None) -> str:
    """SHA-256 in hex; "" for no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def content(file: Path) -> bytes | None:
    """The bytes of a file, None where there is none. Raises OSError when it cannot be read."""
    try:
        return regular.read_whole(file)
    except FileNotFoundError:
        return None


def replace(file: Path, new: bytes, temporary: Path, mode: int) -> None:
    """Put content in a file's place in one step, with this mode and, where we may, its owner.

    `temporary` lies in the same folder; only a crash can leave it behind.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with ending.held():
        temporary.unlink(missing_ok=True)
        write_new(temporary, new, mode)
        if sys.platform != "win32" and file.exists():
            owner = file.stat()
            with contextlib.suppress(PermissionError):
                os.chown(temporary, owner.st_uid, owner.st_gid)
        temporary.chmod(mode)
        moved(temporary, file)
        sync(file.parent)


def moved(what: Path, to: Path) -> Path:
    """It under another name. Windows refuses that while any program has it open, as virus scanners do for a moment with
    what was just written: it is tried again a few times."""
    for pause_s in _HELD_S if sys.platform == "win32" else ():
        with contextlib.suppress(PermissionError):
            return what.replace(to)
        time.sleep(pause_s)
    return what.replace(to)


def write_new(file: Path, new: bytes, mode: int) -> None:
    """Make a file that must not exist, and have its bytes on disk before returning."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as out:
        out.write(new)
        out.flush()
        os.fsync(out.fileno())


def sync(folder: Path) -> None:
    """Names are on disk too, where the system lets a folder be opened."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

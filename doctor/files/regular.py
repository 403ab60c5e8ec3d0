"""Files that are read: regular ones, up to a limit, and without ever waiting for anybody.

What stands at a path that a user, a variable or a system names may be a pipe that nobody writes to, a device without
an end, a socket or a folder. Everything that is read on a machine is opened here. The null device is an empty file:
`PIP_CONFIG_FILE=/dev/null` is how pip is told to read none.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 64 * 1024 * 1024
_KINDS = {
    stat.S_IFIFO: "a named pipe, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
    stat.S_IFSOCK: "a socket, not a file",
}
_FLAGS = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))


def open_regular(path: str | Path) -> BinaryIO:
    """The open file. Raises OSError, whose `strerror` says for people what the path is where it is no file.

    Looked at before it is opened, as opening some devices does something, and after: it may have changed in between.
    """
    _require_regular(Path(path).stat(), path)
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    try:
        _require_regular(os.fstat(file.fileno()), path)
    except OSError:
        file.close()
        raise
    return file


def read(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """The first bytes of a file, at most `limit`. Raises OSError."""
    with open_regular(path) as file:
        return file.read(limit)


def read_whole(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """All bytes of a file. Raises OSError, also for a file that is larger than the limit."""
    data = read(path, limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {size(limit)}", str(path))
    return data


def read_text(path: str | Path, encoding: str = "utf-8", limit: int = MAX_BYTES) -> str:
    """All of a file as text. Raises OSError, and UnicodeDecodeError."""
    return read_whole(path, limit).decode(encoding)


def size(count: int) -> str:
    """ "64 MB", "200 kB"."""
    return f"{count / 2**20:,.0f} MB" if count >= 2**20 else f"{count / 2**10:.0f} kB"


def _require_regular(found: os.stat_result, path: str | Path) -> None:
    kind = stat.S_IFMT(found.st_mode)
    if kind == stat.S_IFDIR:
        raise IsADirectoryError(errno.EISDIR, "a folder, not a file", str(path))
    if kind in _KINDS and not _is_null(found, path):
        raise OSError(errno.EINVAL, _KINDS[kind], str(path))


def _is_null(found: os.stat_result, path: str | Path) -> bool:
    if sys.platform == "win32":
        return Path(path).name.lower() == os.devnull  # in every folder
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == Path(os.devnull).stat().st_rdev

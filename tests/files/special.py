"""What may stand at the path of a file: kinds of things that are none, or none to be read whole."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is shorter than some folders are
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 << 30)


NOT_READ: dict[str, tuple[Callable[[Path], object], str]] = {
    "named pipe": (lambda path: os.mkfifo(path), "a named pipe, not a file"),
    "socket": (_socket, "a socket, not a file"),
    "device without end": (lambda path: path.symlink_to("/dev/zero"), "a device, not a file"),
    "device that is full": (lambda path: path.symlink_to("/dev/full"), "a device, not a file"),
    "terminal": (lambda path: path.symlink_to("/dev/tty"), "a device, not a file"),
    "folder": (lambda path: path.mkdir(), "a folder, not a file"),
    "loop of links": (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    "10 GB": (_sparse, "it is larger than"),
}

"""Texts that a command is given: a file, or "-" for stdin, up to a limit that is said where it cuts."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from doctor import gate
from doctor.files import regular
from doctor.model import PROGRAM, DoctorError

CUT = f"{PROGRAM}: of {{whole}} only the first {{limit}} were read"
CUT_STREAM = f"{PROGRAM}: only the first {{limit}} were read"
_HEAD_BYTES = 4096
_STREAM = re.compile(r"/dev/stdin|(?:/dev|/proc/self)/fd/\d+")  # also what a shell puts for `<(nvidia-smi)`


def read_text(name: str, what: str, limit: int = regular.MAX_BYTES) -> str:
    """The text of a file, or of stdin for "-"; whatever its encoding."""
    from doctor.text.clean import decode

    text = decode(b"".join(pieces(name, what, limit)))
    if not text.strip():
        raise DoctorError("input-empty", f"{what} is empty", name, "paste the complete output of the command")
    return text


def is_input(word: str) -> bool:
    """Whether something to read, or at least no folder, stands at a path of that name."""
    try:
        return bool(_STREAM.fullmatch(word)) or (Path(word).exists() and not Path(word).is_dir())
    except (OSError, ValueError):  # longer than names are
        return False


def pieces(name: str, what: str, limit: int, piece: int = 1 << 20) -> Iterator[bytes]:
    """The bytes, a piece at a time. What is beyond the limit is left out, and said to be."""
    try:
        if name == "-":
            yield from _texts(name, _pieces(sys.stdin.buffer, limit, piece, 0))
        else:
            with Path(name).open("rb") if _STREAM.fullmatch(name) else regular.open_regular(name) as file:
                yield from _texts(name, _pieces(file, limit, piece, os.fstat(file.fileno()).st_size))
    except OSError as error:
        reason = error.strerror or str(error)
        raise DoctorError(
            "input", f"cannot read {what}", f"{name}: {reason}", "give the path of a text file"
        ) from error


def _texts(name: str, found: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, unless they are no text."""
    from doctor.text.clean import decode

    first = next(found, b"")
    head = decode(first[:_HEAD_BYTES])
    if head and not head.strip("\0"):  # a hole of a sparse file, of which there may be gigabytes
        raise DoctorError("input-binary", "the input is binary data, not text", name, "give the path of a text file")
    yield first
    yield from found


def _pieces(file: BinaryIO, limit: int, piece: int, whole: int) -> Iterator[bytes]:
    left = limit
    while left and (data := file.read(min(piece, left))):
        left -= len(data)
        yield data
    if not left and file.read(1):
        said = CUT if whole > limit else CUT_STREAM
        gate.say(said.format(whole=regular.size(whole), limit=regular.size(limit)))

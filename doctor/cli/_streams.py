"""Our own streams, whatever the surroundings made of them: closed, full, or of an encoding that lacks our signs."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_ASCII = {
    "→": "->",
    "…": "...",
    "✓": "v",
    "✗": "x",
    "·": "-",
    "–": "-",
    "—": "-",
    "×": "x",
    "µ": "u",
    "≥": ">=",
    "≤": "<=",
}


class OutputLost(BaseException):
    """Stdout takes no more: `error` says why. Nobody on the way to `main` may take it for a failure of his own."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Output(io.RawIOBase):
    """Stdout, or a stderr of which nothing depends (`talk`). After a failed write all goes nowhere, at exit as well."""

    def __init__(self, raw: io.RawIOBase, *, talk: bool) -> None:
        self._raw, self._talk, self._lost = raw, talk, False

    def write(self, data: ReadableBuffer) -> int | None:
        try:
            if not self._lost:
                return self._raw.write(data)
        except OSError as error:
            self._lost = True
            if not self._talk:
                raise OutputLost(error) from error
        return memoryview(data).nbytes

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw.isatty()

    def fileno(self) -> int:
        return self._raw.fileno()


def prepare() -> None:
    """Streams that are there, that fail as `OutputLost` or not at all, and that spell out what they cannot carry: an
    arrow becomes "->", an unknown sign "?"."""
    _open_closed()
    codecs.register_error("spelled-out", _spell)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is getattr(sys, f"__{name}__"):
            stream = _watched(stream, talk=name == "stderr")
            setattr(sys, name, stream)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="spelled-out")


def _open_closed() -> None:
    """A closed descriptor goes to the next file that is opened, and what children print goes into that file."""
    for place, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(place)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - while we run


def _watched(stream: io.TextIOWrapper, *, talk: bool) -> io.TextIOWrapper:
    stream.flush()
    raw = cast(io.RawIOBase, getattr(stream.buffer, "raw", stream.buffer))
    buffer = io.BufferedWriter(_Output(raw, talk=talk))
    ends = None if raw.isatty() else "\n"  # in Git's bash a carriage return would be part of a command's last word
    return io.TextIOWrapper(
        buffer, stream.encoding, newline=ends, line_buffering=stream.line_buffering, write_through=stream.write_through
    )


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(sign, "?") for sign in error.object[error.start : error.end]), error.end

"""A terminal for a child that shows only on one how far it is. Windows gives none: there it writes into a pipe."""

from __future__ import annotations

import contextlib
import os
import re
import struct
import sys
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from doctor.process.output import StreamReader

VARIABLES = {"TERM": "xterm", "NO_COLOR": "1"}
_ROWS, _COLUMNS = 100, 250  # a row for each of many files at once, and errors that are not broken over lines
_CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
_END = re.compile(rb"\r?\n|\r(?!\Z)")


class Screen(StreamReader):
    """Reads a terminal: whole lines are kept and handed over, and `on_screen` gets what is drawn over again."""

    def __init__(
        self,
        stream: IO[bytes],
        on_line: Callable[[str], None] | None,
        on_screen: Callable[[str], None],
        limit: int,
    ) -> None:
        self._on_screen = on_screen
        super().__init__(stream, on_line, limit)

    def _read(self) -> None:
        begun = b""
        while chunk := self._read_chunk():
            begun = self._pass_on(begun + chunk)
        self._pass_on(begun + b"\n")

    def _pass_on(self, text: bytes) -> bytes:
        begin = 0
        for end in _END.finditer(text):
            self._segment(_CONTROL.sub(b"", text[begin : end.start()]), whole=end[0] != b"\r")
            begin = end.end()
        return text[max(begin, len(text) - self._limit) :]

    def _segment(self, text: bytes, *, whole: bool) -> None:
        if not text.strip():
            return
        if whole:
            self._keep(text + b"\n")
        self._hand_over(text, self._on_line if whole else self._on_screen)


class TerminalEnds(NamedTuple):
    """Of a terminal: the one a child writes to, and the one we read."""

    childs: int
    ours: IO[bytes]


@contextlib.contextmanager
def opened() -> Iterator[TerminalEnds | None]:
    """A terminal while a child is started, which keeps its end; None where the system has none to give."""
    ends = _open()
    try:
        yield ends
    except BaseException:
        if ends:
            ends.ours.close()
        raise
    finally:
        if ends:
            os.close(ends.childs)


def _open() -> TerminalEnds | None:
    if sys.platform == "win32":
        return None
    import fcntl
    import termios

    with contextlib.suppress(OSError):
        ours, childs = os.openpty()
        fcntl.ioctl(childs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
        return TerminalEnds(childs, os.fdopen(ours, "rb", buffering=0))
    return None

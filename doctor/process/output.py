"""Reading a child's output as it comes, so that a full pipe never blocks the child."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from typing import IO

_GRACE_S = 0.5


class StreamReader:
    """Reads one stream to its end in a thread; what is beyond `limit` bytes is read and dropped."""

    def __init__(self, stream: IO[bytes] | None, on_line: Callable[[str], None] | None, limit: int) -> None:
        self._stream, self._on_line, self._limit = stream, on_line, limit
        self._kept = bytearray()
        self._failed: Exception | None = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        begun = b""
        while chunk := self._read_chunk():
            self._keep(chunk)
            if self._on_line:
                begun = self._pass_on(begun + chunk)
        if begun:
            self._pass_on(begun + b"\n")

    def _keep(self, text: bytes) -> None:
        self._kept += text[: max(0, self._limit - len(self._kept))]

    def _read_chunk(self) -> bytes:
        with contextlib.suppress(OSError, ValueError):
            return os.read(self._stream.fileno(), 65536) if self._stream else b""
        return b""

    def _pass_on(self, text: bytes) -> bytes:
        """Hand over whole lines and return what has begun; a line without end is cut at the limit."""
        *lines, begun = text.split(b"\n")
        if len(begun) > self._limit:
            lines, begun = [*lines, begun], b""
        for line in lines:
            self._hand_over(line, self._on_line)
        return begun

    def _hand_over(self, line: bytes, to: Callable[[str], None] | None) -> None:
        try:
            if to and not self._failed:
                to(line.decode("utf-8", "replace").rstrip("\r"))
        except Exception as error:  # noqa: BLE001 - raised again by finish(), where the caller sees it
            self._failed = error

    def finish(self) -> None:
        """Wait for the end of the stream, but not for one that something still holds open; raise what `on_line` did."""
        self._thread.join(_GRACE_S)
        if not self._thread.is_alive() and self._stream:
            self._stream.close()
        if self._failed:
            raise self._failed

    def text(self) -> str:
        """With lines that end as here, whatever system the child was made for."""
        return bytes(self._kept).decode("utf-8", "replace").replace("\r\n", "\n")

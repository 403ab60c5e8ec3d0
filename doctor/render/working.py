"""What is shown while commands run: their lines on stderr, and on a terminal that the work goes on."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

GOING_ON = "{what} ({seconds:.0f} s)"
_TICK_S = 1.0


def say(line: str) -> None:
    """One line of a command's, set off from our own."""
    if line.strip():
        print(f"  {line.rstrip()}", file=sys.stderr, flush=True)


class StatusLine:
    """Context manager; `say` prints a line above the status. A long download says nothing for minutes."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._begin = time.monotonic()
        self._ended = threading.Event()
        self._status: Status | None = None

    def __enter__(self) -> StatusLine:
        if sys.stderr and sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False, markup=False).status(self._what)
            self._status.start()
            threading.Thread(target=self._tick, daemon=True).start()
        return self

    def say(self, line: str) -> None:
        if self._status and line.strip():
            self._status.console.print(f"  {line.rstrip()}", soft_wrap=True)
        else:
            say(line)

    def _tick(self) -> None:
        while self._status and not self._ended.wait(_TICK_S):
            self._status.update(GOING_ON.format(what=self._what, seconds=time.monotonic() - self._begin))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._status:
            self._status.stop()

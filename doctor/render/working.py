"""What is shown while commands run: their lines on stderr, and what is being done when it takes a while."""

from __future__ import annotations

import re
import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING

from doctor.render.remedies import size

if TYPE_CHECKING:
    from rich.status import Status

GOING_ON = "{what} ({seconds:.0f} s)"
BEGUN = "torch-doctor: {what} …"
_TICK_S = 1.0
_PATIENCE_S = 2.0  # so long a pipe or a log is told nothing
_BINARY = re.compile(r"\b(\d+(?:\.\d+)?) ?([KMG])iB\b")


def say(line: str) -> None:
    """One line of a command's, set off from our own."""
    if line.strip():
        print(f"  {decimal(line.rstrip())}", file=sys.stderr, flush=True)


def decimal(line: str) -> str:
    """uv counts in powers of 1024, pip, indexes and our plans do not: 514.2MiB is 539 MB."""
    return _BINARY.sub(lambda found: size(round(float(found[1]) * 1024 ** ("KMG".index(found[2]) + 1))), line)


class StatusLine:
    """Context manager; `say` prints a line above the status, `doing` changes it. A pipe gets a line for what lasts."""

    def __init__(self, what: str) -> None:
        self.doing(what)
        self._ended = threading.Event()
        self._status: Status | None = None

    def __enter__(self) -> StatusLine:
        if sys.stderr and sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False, markup=False).status(self._what)
            self._status.start()
        threading.Thread(target=self._tick, daemon=True).start()
        return self

    def doing(self, what: str) -> None:
        self._what, self._begin = what, time.monotonic()

    def say(self, line: str) -> None:
        if self._status and line.strip():
            self._status.console.print(f"  {decimal(line.rstrip())}", soft_wrap=True)
        else:
            say(line)

    def _tick(self) -> None:
        told = ""
        while not self._ended.wait(_TICK_S):
            what, seconds = self._what, time.monotonic() - self._begin
            if self._status:
                self._status.update(GOING_ON.format(what=what, seconds=seconds))
            elif seconds >= _PATIENCE_S and what != told:
                told = what
                print(BEGUN.format(what=what), file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._status:
            self._status.stop()

"""What is shown while commands run: what is being done when it takes a while, how far it is, and what they say."""

from __future__ import annotations

import re
import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING

from doctor import gate
from doctor.bootstrap.sizes import size
from doctor.render.pace import Pace
from doctor.setup.model import Transfer

if TYPE_CHECKING:
    from rich.status import Status

GOING_ON = "{what} ({seconds:.0f} s)"
SAID = "torch-doctor: {what}"
_TICK_S = 1.0
_PATIENCE_S = 2.0  # so long a pipe or a log is told nothing,
_INTERVAL_S = 15.0  # and then so often
_BINARY = re.compile(r"(?<![\w.])(\d{1,12}(?:\.\d{1,9})?) ?([KMG])iB\b")


def say(line: str) -> None:
    """One line of a command's, set off from our own."""
    if line.strip():
        gate.say(f"  {decimal(line.rstrip())}")


def decimal(line: str) -> str:
    """uv counts in powers of 1024, pip, indexes and our plans do not: 514.2MiB is 539 MB."""
    return _BINARY.sub(lambda found: size(round(float(found[1]) * 1024 ** ("KMG".index(found[2]) + 1))), line)


class StatusLine:
    """Context manager; `say` prints a line above the status, `doing` changes it. A pipe gets a line for what lasts."""

    def __init__(self, what: str) -> None:
        self._what = ""
        self._pace: Pace | None = None
        self._ended = threading.Event()
        self._status: Status | None = None
        self.doing(what)

    def __enter__(self) -> StatusLine:
        if sys.stderr and sys.stderr.isatty():
            from doctor.render.console import status

            self._status = status(self._what)
            self._status.start()
        threading.Thread(target=self._tick, daemon=True).start()
        return self

    def doing(self, what: str | Transfer) -> None:
        """What is done from now on, or how far a download is."""
        name = what if isinstance(what, str) else f"downloading {what.what}"
        if isinstance(what, Transfer) and self._pace and name == self._what:
            self._pace.add(what)
        elif name != self._what:
            self._conclude()
            self._what, self._begin = name, time.monotonic()
            self._next, self._told = self._begin + _PATIENCE_S, False
            self._pace = Pace(what) if isinstance(what, Transfer) else None

    def say(self, line: str) -> None:
        if self._status and line.strip():
            from doctor.render.console import indented, spoken

            self._status.console.print(indented(spoken(decimal(line.strip()))))
        else:
            say(line)

    def _conclude(self) -> None:
        if self._pace and time.monotonic() - self._begin >= _PATIENCE_S:
            self.say(self._pace.conclusion())

    def _tick(self) -> None:
        while not self._ended.wait(_TICK_S):
            now = time.monotonic()
            seconds = now - self._begin
            line = self._pace.line() if self._pace else GOING_ON.format(what=self._what, seconds=seconds)
            if self._status:
                from doctor.render.console import spoken

                self._status.update(spoken(line))
            elif now >= self._next:
                what = line if self._told or self._pace else f"{self._what} …"
                self._next, self._told = now + _INTERVAL_S, True
                gate.say(SAID.format(what=what))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._status:
            self._status.stop()

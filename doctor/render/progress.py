"""What is shown while probes run: on stderr, a status line where there is a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from doctor.model import Reading

if TYPE_CHECKING:
    from rich.status import Status

WAITING = "waiting for {what} ({seconds:.0f} s)"
NAMES = {
    "runtime": "the import of torch",
    "nvidia": "the NVIDIA driver",
    "packages": "the packages",
    "environments": "other environments",
}


class Progress:
    """Context manager; `done` is what `collect` calls as each probe ends."""

    def __init__(self, fields: tuple[str, ...], quiet: bool = False) -> None:
        self._running = list(fields)
        self._quiet = quiet or not sys.stderr
        self._begin = time.monotonic()
        self._status: Status | None = None

    def __enter__(self) -> Progress:
        if self._quiet:
            return self
        if sys.stderr.isatty():
            from doctor.render.console import status

            self._status = status(self._line())
            self._status.start()
        return self

    def done(self, field: str, _reading: Reading[Any]) -> None:
        if field in self._running:
            self._running.remove(field)
        if self._status:
            self._status.update(self._line())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def _line(self) -> str:
        slow = [NAMES[name] for name in self._running if name in NAMES]
        what = ", ".join(slow[:2]) or "the last probes"
        return WAITING.format(what=what, seconds=time.monotonic() - self._begin)

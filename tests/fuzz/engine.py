"""The search for texts that make a reader fail, or take long: the same texts for the same seed.

A text that reaches lines of the doctor that none before it did is kept, and changed further.
"""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

from tests.fuzz import readers
from tests.fuzz.coverage import Coverage
from tests.fuzz.mutation import mutated

SLOW_S = 5.0  # of the processor
_TRIES = 400  # to make a text that fails shorter
_OWN = f"{Path(__file__).parents[2]}/"


class Failure(NamedTuple):
    """A text, what it did, and where: two of one place are the same fault."""

    reader: str
    place: str  # "OverflowError at doctor/source/loaders.py:49"
    data: bytes
    trace: str


class TooSlow(BaseException):
    """No handler of the code that is looked at may take it for a failure of its own."""


def attempt(reader: str, data: bytes) -> Failure | None:
    """Read one text; what came out, unless it is as it should be."""
    try:
        with _Limit():
            readers.read(reader, data)
    except (Exception, TooSlow) as error:  # noqa: BLE001 - what is looked for
        return Failure(reader, _place(error), data, "".join(traceback.format_exception(error)[-12:]))
    return None


class _Limit:
    """On Windows there is none."""

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGVTALRM, self._stop)
            signal.setitimer(signal.ITIMER_VIRTUAL, SLOW_S)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    @staticmethod
    def _stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow


def _place(error: BaseException) -> str:
    """Where the project's own code was, without its line where that is only where time ran out."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.startswith(_OWN)]
    inner = next((one for one in reversed(frames) if "/tests/" not in one.filename), frames[-1])
    file = inner.filename.removeprefix(_OWN)
    where = f"{file} in {inner.name}" if isinstance(error, TooSlow) else f"{file}:{inner.lineno}"
    said = f" ({str(error).partition(chr(10))[0][:60]})" if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} at {where}{said}"


class Search:
    """One reader's search. `done` counts the texts read."""

    def __init__(self, reader: str, seed: int) -> None:
        self.reader, self.random = reader, Random(f"{reader}-{seed}")
        self.pool = readers.starts(reader) or [b"\n"]
        self.coverage = Coverage()
        self.done, self.slowest = 0, 0.0
        self.kept: list[bytes] = []  # what reached new lines, beside the starts

    def run(self, goes_on: Callable[[int], bool]) -> Iterator[Failure]:
        """The failures, each place once, while `goes_on` of the number of texts read says so."""
        places: set[str] = set()
        for data in self._texts(goes_on):
            failure = self._read(data)
            if failure and failure.place not in places and (sure := attempt(self.reader, data)):
                places |= {failure.place, sure.place}
                yield smaller(sure)

    def _texts(self, goes_on: Callable[[int], bool]) -> Iterator[bytes]:
        yield from list(self.pool) if goes_on(len(self.pool)) else ()
        while goes_on(self.done):
            # what was found last has been changed least
            recent = self.pool[-20:] if self.random.random() < 0.5 else self.pool
            yield mutated(self.random.choice(recent), self.pool, self.random, readers.MAX_BYTES)

    def _read(self, data: bytes) -> Failure | None:
        before, began = self.coverage.count, time.process_time()
        failure = attempt(self.reader, data)
        self.done += 1
        self.slowest = max(self.slowest, time.process_time() - began)
        if self.coverage.count > before and failure is None and data not in self.pool:
            self.pool.append(data)
            self.kept.append(data)
        return failure


def smaller(failure: Failure) -> Failure:
    """The same failure of a shorter text: halves, lines and pieces are left out while it stays."""
    best, tries = failure, 0
    size = max(1, len(best.data) // 2)
    while size and tries < _TRIES and "TooSlow" not in failure.place:
        at = 0
        while at < len(best.data) and tries < _TRIES:
            tries += 1
            found = attempt(best.reader, best.data[:at] + best.data[at + size :])
            if found and found.place == best.place:
                best = found
            else:
                at += size
        size //= 2
    return best

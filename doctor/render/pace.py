"""A download in one line: how much has come, how fast, and how long the rest will take."""

from __future__ import annotations

import time
from collections import deque

from doctor.bootstrap.sizes import size
from doctor.setup.model import Transfer

DOWNLOADING = "downloading {what}{done} of {total}"
PACE = "{line}, {rate}/s"
LEFT = "{line}, {time} left"
DOWNLOADED = "downloaded {what}{total} in {time}"
_WINDOW_S = 10.0  # that the pace is taken over
_LONGEST_NAME = 24


class Pace:
    """Of one download, from the moment it is made."""

    def __init__(self, first: Transfer) -> None:
        self._begin = time.monotonic()
        self._seen: deque[tuple[float, int]] = deque()
        self.add(first)

    def add(self, now: Transfer) -> None:
        self._now = now
        self._seen.append((time.monotonic(), now.done_bytes))
        while self._seen[-1][0] - self._seen[1 if len(self._seen) > 1 else 0][0] > _WINDOW_S:
            self._seen.popleft()

    def line(self) -> str:
        now = self._now
        line = DOWNLOADING.format(what=self._what, done=size(now.done_bytes), total=size(now.total_bytes))
        (since, before), (until, came) = self._seen[0], self._seen[-1]
        if came <= before or until <= since:
            return line
        rate = (came - before) / (until - since)
        left = max(0, now.total_bytes - came) / rate
        return LEFT.format(line=PACE.format(line=line, rate=size(round(rate))), time=duration(left))

    def conclusion(self) -> str:
        seconds = time.monotonic() - self._begin
        return DOWNLOADED.format(what=self._what, total=size(self._now.total_bytes), time=duration(seconds))

    @property
    def _what(self) -> str:
        return f"{self._now.what[:_LONGEST_NAME]}, " if self._now.what else ""


def duration(seconds: float) -> str:
    """ "40 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"

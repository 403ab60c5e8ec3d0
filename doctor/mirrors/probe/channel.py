"""The repodata of conda channels, read as it comes."""

from __future__ import annotations

import re

import msgspec

from doctor.mirrors.model import ListedFile, Listing, MirrorVerdict, WantedPackage
from doctor.mirrors.probe.http import ProbeFault, Response
from doctor.mirrors.probe.scan import STABLE, BestFiles, http_time
from doctor.text.addresses import joined
from doctor.text.documents import Unparsable, json

_CONDA = re.compile(rb'"([^"\\/]+\.(?:conda|tar\.bz2))"\s*:\s*(\{[^{}]*\})')
_KEEP = 32 * 1024  # of what may be the beginning of a row
_LARGEST = 64 * 1024 * 1024  # bytes of a package that the rate is measured on


class _Package(msgspec.Struct):
    """A package of a conda channel. `timestamp` in milliseconds, or seconds in old rows."""

    name: str
    version: str
    size: int = 0
    sha256: str = ""
    timestamp: float = 0


class Channel:
    """The repodata of a conda channel's folder for one platform, fed piece by piece."""

    def __init__(self, answer: Response, wanted: WantedPackage) -> None:
        self.base = answer.url
        self.best = BestFiles(wanted)
        self.modified = http_time(answer.headers.get("last-modified", ""))
        self.size = self.files = 0
        self.largest: ListedFile | None = None
        self.newest = 0.0
        self._buffer = self._head = self._tail = b""

    def feed(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self._head = (self._head + chunk)[:256] if len(self._head) < 256 else self._head
        self._tail = (self._tail + chunk)[-64:]
        buffer, end = self._buffer + chunk, 0
        for found in _CONDA.finditer(buffer):
            self._add(found[1].decode("utf-8", "replace"), found[2])
            end = found.end()
        self._buffer = buffer[end:][-_KEEP:]

    def _add(self, filename: str, text: bytes) -> None:
        try:
            row = json(text, _Package)
        except Unparsable:
            return
        self.files += 1
        seconds = row.timestamp / 1000 if row.timestamp > 1e11 else row.timestamp
        self.newest = max(self.newest, seconds)
        url = joined(self.base, filename)
        entry = ListedFile(filename, row.version, url, row.sha256, row.size)
        if self.largest is None or self.largest.size_bytes < row.size <= _LARGEST:
            self.largest = entry
        if row.name == self.best.wanted.package and STABLE.match(row.version):
            self.best.add(entry, 1)

    def finish(self) -> Listing:
        """Raises ProbeFault when it was no repodata, or one without an end."""
        if not self._head.lstrip().startswith(b"{"):
            raise ProbeFault(MirrorVerdict.WRONG_CONTENT, "answers 200 with a web page instead of repodata")
        if not self._tail.rstrip().endswith(b"}"):
            raise ProbeFault(MirrorVerdict.INCOMPLETE, "its repodata is cut short")
        return Listing(self.best.entries(), self.files, 0, self.modified or self.newest, self.size)

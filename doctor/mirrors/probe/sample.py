"""A bounded download of the beginning of a file: its rate, its size, and what its bytes are."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time

from doctor.mirrors.model import ListedFile, MirrorVerdict, Sample
from doctor.mirrors.probe.http import CHUNK, ProbeFault, Response, Session
from doctor.text.numbers import whole

_LEAST_S = 0.25
_SPARE_S = 0.2
_FIRST_BYTE_S = 1.5
_GAP_S = 0.005  # pieces that come closer than this came together


async def sample(session: Session, entry: ListedFile, client: str) -> Sample | None:
    """Read a file's first bytes for a moment; None when the time is up before its turn comes.

    The rate leaves the wait for the first byte out: latency is told on its own. A first request for one byte keeps
    servers that do not answer from taking the turn of others. Raises ProbeFault when the file is not there, is no file,
    or differs from what its index says.
    """
    async with session.get(entry.url, client, {"Range": "bytes=0-0", "Accept-Encoding": "identity"}) as answer:
        _check_response(answer, entry)
    limits = session.limits
    session.samples_waiting += 1
    try:
        async with asyncio.timeout(max(0.0, session.remaining_s - _SPARE_S)):
            await session.samples.acquire()
    except TimeoutError:
        return None
    finally:
        session.samples_waiting -= 1
    try:
        share = limits.samples_at_once / (session.samples_waiting + limits.samples_at_once)
        lasts = min(limits.sample_s, max(_LEAST_S, (session.remaining_s - _SPARE_S) * share))
        return await _timed_download(session, entry, client, lasts)
    finally:
        session.samples.release()


async def _timed_download(session: Session, entry: ListedFile, client: str, lasts: float) -> Sample:
    size = min(session.limits.sample_bytes, max(CHUNK, session.limits.total_bytes - session.received))
    headers = {"Range": f"bytes=0-{size - 1}", "Accept-Encoding": "identity"}
    begun = False
    try:
        async with asyncio.timeout(lasts + _FIRST_BYTE_S), session.get(entry.url, client, headers) as answer:
            begun = True
            _check_response(answer, entry)
            return await _read(session, answer, entry, size, lasts)
    except TimeoutError:
        if begun:
            raise
        raise ProbeFault(MirrorVerdict.UNREACHABLE, f"does not begin to send {entry.name}") from None


def _check_response(answer: Response, entry: ListedFile) -> None:
    if answer.status in (403, 404, 410):
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"lists {entry.name} but answers {answer.status} for it")
    if answer.status not in (200, 206):
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"answers {answer.status} for {entry.name}")
    if answer.type == "text/html" and not entry.name.endswith((".html", "/")):
        raise ProbeFault(MirrorVerdict.WRONG_CONTENT, f"answers with a web page for {entry.name}")
    total = _total_bytes(answer)
    if entry.size_bytes and total and total != entry.size_bytes:
        reason = f"{entry.name} has {total} bytes, its index says {entry.size_bytes}"
        raise ProbeFault(MirrorVerdict.TAMPERED, reason)


async def _read(session: Session, answer: Response, entry: ListedFile, size: int, lasts: float) -> Sample:
    clock, digest, prefixes = _Clock(), hashlib.sha256(), _Prefixes()
    ended = False
    try:
        async with asyncio.timeout(lasts):
            async for chunk in answer.chunks(raw=True):
                clock.tick(len(chunk))
                session.received += len(chunk)
                digest.update(chunk)
                prefixes.update(chunk)
                if clock.read >= size:
                    break
            else:
                ended = True
    except TimeoutError:
        if not clock.read:
            raise ProbeFault(MirrorVerdict.UNREACHABLE, f"announces {entry.name} but sends nothing") from None
    total = _total_bytes(answer)
    whole = (ended and not total) or (total and clock.read == total)
    sha256 = digest.hexdigest() if whole else ""
    if sha256 and entry.sha256 and sha256 != entry.sha256:
        raise ProbeFault(MirrorVerdict.TAMPERED, f"{entry.name} does not have the hash that its index gives")
    found, seconds = tuple(prefixes.found), clock.spread_s
    ranges = answer.status == 206
    return Sample(entry.name, clock.read, clock.rate(), total, ranges, found, sha256, answer.host, seconds)


def _total_bytes(answer: Response) -> int:
    """Bytes of the whole file, 0 when the answer does not tell."""
    ranged = re.search(r"/(\d{1,18})\s*$", answer.headers.get("content-range", ""))
    if ranged:
        return int(ranged[1])
    length = answer.headers.get("content-length", "")
    return (whole(length) or 0) if answer.status == 200 else 0


class _Clock:
    """Bytes and when they came."""

    def __init__(self) -> None:
        self.read = self.first = 0
        self.begin = self.first_at = self.last_at = time.monotonic()

    def tick(self, size: int) -> None:
        now = time.monotonic()
        if self.read == self.first and (not self.read or now - self.first_at < _GAP_S):
            self.first += size
            self.first_at = now
        self.read += size
        self.last_at = now

    @property
    def spread_s(self) -> float:
        """From the first bytes to the last; 0 when they came together, and their rate says little."""
        return self.last_at - self.first_at if self.read > self.first else 0.0

    def rate(self) -> float:
        """Bytes per second after the first bytes; over the whole wait when they all came at once."""
        if self.read > self.first:
            return (self.read - self.first) / max(self.last_at - self.first_at, 1e-6)
        return self.read / max(self.last_at - self.begin, 1e-3)


class _Prefixes:
    """SHA-256 of the first 64 KiB, of the first 128 KiB … so that two downloads of unequal length can be compared."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._digest = hashlib.sha256()
        self._room = CHUNK

    def update(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        while view:
            part, view = view[: self._room], view[self._room :]
            self._digest.update(part)
            self._room -= len(part)
            if not self._room:
                self.found.append(self._digest.hexdigest())
                self._room = CHUNK

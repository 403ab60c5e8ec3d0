"""Getting one large file over HTTP: sources in turn, resumed after a break, checked by md5, never slower than it pays.

The sources hold the same bytes, so what one has delivered counts for the next; the md5 decides in the end.
"""

import hashlib
import http.client
import os
import re
import time
import urllib.error
import urllib.request

TIMEOUT_S = 10.0  # for the connection, and for each piece of data
ATTEMPTS = 20  # a source whose connection breaks is asked again this often, from where it stopped, while anything comes
MINIMUM_RATE = 200_000  # bytes a second: the official host of CIFAR-10 has served at 60 to 85 kB/s, 45 minutes for all
RATE_WINDOW_S = 5.0  # the rate is measured over this long before a source is called slow
SAY_EVERY_S = 2.0
PIECE_BYTES = 64 * 1024


class NotFetched(RuntimeError):
    """No source gave the file; the text has a line for each, with what it did."""


class Refused(Exception):
    """This source is of no use: the text says why."""


class Limits:
    """What is asked of a source; the defaults are those of the module. Rates in bytes a second, times in seconds."""

    def __init__(self, minimum_rate=MINIMUM_RATE, window_s=RATE_WINDOW_S, timeout_s=TIMEOUT_S, attempts=ATTEMPTS):
        self.minimum_rate = minimum_rate
        self.window_s = window_s
        self.timeout_s = timeout_s
        self.attempts = attempts


def fetch(sources, path, md5, say=print, limits=None):
    """Put the file with this md5 at `path`; returns the address it came from and the bytes a second it came with.

    What has arrived is kept beside it as `.part` for the next try. Raises NotFetched.
    """
    limits = limits or Limits()
    part = f"{path}.part"
    refusals = []
    for url in sources:
        try:
            rate = _from_one(url, part, md5, say, limits)
        except Refused as reason:
            say(f"{url}: {reason}")
            refusals.append(f"{url}: {reason}")
            continue
        os.replace(part, path)
        return url, rate
    raise NotFetched("\n".join(refusals) or "no source is known")


def _from_one(url, part, md5, say, limits):
    """Fill `part` from one source and check it; returns the rate.

    A wrong md5 may be the fault of what another source had left there: then the whole of it comes from this one.
    """
    begun_by_another = _size(part) > 0
    rate = _download(url, part, say, limits)
    if md5_of(part) == md5:
        return rate
    os.remove(part)
    if begun_by_another:
        rate = _download(url, part, say, limits)
        if md5_of(part) == md5:
            return rate
        os.remove(part)
    raise Refused("the bytes are not those of the file (md5 differs)")


def _download(url, part, say, limits):
    """All of the file, over as many connections as it takes; returns the rate of the last one."""
    broken = ""
    for _ in range(limits.attempts):
        before = _size(part)
        try:
            return _one_connection(url, part, say, limits)
        except urllib.error.HTTPError as error:
            if error.code == 416 and before:  # nothing is left behind what we have
                return 0.0
            raise Refused(f"HTTP {error.code} {error.reason}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:  # URLError and timeouts are OSErrors
            broken = str(getattr(error, "reason", "") or error) or type(error).__name__
            if _size(part) <= before:
                break
            say(f"{url}: the connection broke at {_size(part) / 1e6:.1f} MB ({broken}); continuing from there")
    raise Refused(broken)


def _one_connection(url, part, say, limits):
    have = _size(part)
    headers = {"User-Agent": "torch-doctor"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=limits.timeout_s) as answer:
        resumed = answer.status == 206 and _starts_at(answer) == have
        have = have if resumed else 0
        length = answer.headers.get("Content-Length")
        meter = Meter(url, have, have + int(length) if length else None, say, limits)
        with open(part, "ab" if resumed else "wb") as file:
            while True:
                piece = answer.read1(PIECE_BYTES)
                if not piece:
                    break
                file.write(piece)
                meter.count(len(piece))
    if meter.total is not None and meter.have < meter.total:
        raise OSError(f"{meter.total - meter.have} bytes are missing")
    return meter.rate()


def _starts_at(answer):
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    return int(found.group(1)) if found else None


class Meter:
    """Counts bytes, says how far it is, and refuses a source that is too slow."""

    def __init__(self, url, have, total, say, limits):
        self.url, self.have, self.total, self.say, self.limits = url, have, total, say, limits
        self.begin = self.window_begin = self.said = time.monotonic()
        self.received = self.in_window = 0

    def rate(self):
        return self.received / max(time.monotonic() - self.begin, 1e-6)

    def count(self, size):
        now = time.monotonic()
        self.have += size
        self.received += size
        self.in_window += size
        if now - self.said >= SAY_EVERY_S:
            self.said = now
            self.say(self._progress())
        if now - self.window_begin >= self.limits.window_s:
            self._judge(self.in_window / (now - self.window_begin))
            self.window_begin, self.in_window = now, 0

    def _progress(self):
        of = f" of {self.total / 1e6:.0f} MB, {self.have / self.total:.0%}" if self.total else " MB"
        return f"{self.url}: {self.have / 1e6:.1f}{of}, {self.rate() / 1000:.0f} kB/s"

    def _judge(self, rate):
        if rate >= self.limits.minimum_rate:
            return
        rest = f"; the rest would take {(self.total - self.have) / rate / 60:.0f} minutes" if self.total else ""
        asked = (
            f"{self.limits.minimum_rate / 1000:.0f} kB/s are required (--minimum-rate 0, or run-recipes --full, waits)"
        )
        raise Refused(f"only {rate / 1000:.0f} kB/s, {asked}{rest}")


def _size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def md5_of(path):
    """Hex md5 of a file. It guards against broken copies, not against an attacker."""
    digest = hashlib.md5()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()

"""Which files of an index page suit the target best."""

from __future__ import annotations

import email.utils
import re

import msgspec
from packaging.version import Version

from doctor.mirrors.model import ListedFile, Listing, MirrorVerdict, WantedPackage
from doctor.mirrors.probe.http import ProbeFault, Response
from doctor.mirrors.probe.simple_index import SimpleIndex
from doctor.text.numbers import whole

MAX_VERSIONS = 400
STABLE = re.compile(r"\d{1,18}(?:\.\d{1,18})*(?:\.post\d{1,18})?$", re.ASCII)


class BestFiles:
    """One file a version: the one that suits the target best."""

    def __init__(self, wanted: WantedPackage) -> None:
        self.wanted = wanted
        self.files = 0
        self._rows: dict[str, tuple[int, ListedFile]] = {}

    def add(self, entry: ListedFile, score: int) -> None:
        self.files += 1
        known = self._rows.get(entry.version)
        if known is None or score > known[0]:
            self._rows[entry.version] = (score, entry)
            if len(self._rows) > 2 * MAX_VERSIONS:
                self._rows = dict(sorted(self._rows.items(), key=lambda row: Version(row[0]))[-MAX_VERSIONS:])

    def entries(self) -> tuple[ListedFile, ...]:
        """Newest version first."""
        return tuple(self._rows[v][1] for v in sorted(self._rows, key=Version, reverse=True))


def version_and_score(filename: str, wanted: WantedPackage) -> tuple[str, int] | None:
    """Version and suitability of a file of the wanted package; None for another's, and for pre-releases."""
    stem, _, kind = filename.rpartition(".")
    parts = (stem if kind in ("whl", "zip") else stem.removesuffix(".tar")).split("-")
    if len(parts) < 2 or re.sub(r"[-_.]+", "-", parts[0]).lower() != re.sub(r"[-_.]+", "-", wanted.package).lower():
        return None
    version, _, local = parts[1].partition("+")
    if kind not in ("whl", "zip", "gz", "bz2") or not STABLE.match(version):
        return None
    if kind != "whl" or len(parts) < 5:
        return version, 0
    return version, _score(parts, local, wanted)


def _score(parts: list[str], local: str, wanted: WantedPackage) -> int:
    """8 for the platform, 4 for the Python, 2 for the build, 1 for being a wheel."""
    tags, abis, platforms = (part.split(".") for part in parts[-3:])
    usable = any(p == "any" or _suits_platform(p, wanted) for p in platforms)
    other_abi = any(a.endswith("t") and a != wanted.tag for a in abis if a.startswith("cp"))
    tagged = not wanted.tag or (any(t in (wanted.tag.removesuffix("t"), "py3") for t in tags) and not other_abi)
    return 8 * usable + 4 * tagged + 2 * (local in ("", wanted.build)) + 1


def _suits_platform(platform: str, wanted: WantedPackage) -> bool:
    return platform.endswith(wanted.machine) and (not wanted.platforms or platform.startswith(wanted.platforms))


class ProjectPage:
    """A project's page, or a folder of files, fed piece by piece: the files of the wanted package in it."""

    def __init__(self, answer: Response, wanted: WantedPackage) -> None:
        self.best = BestFiles(wanted)
        self.modified = http_time(answer.headers.get("last-modified", ""))
        self.size = 0
        self._index = SimpleIndex(answer.url)
        self._index.serial = whole(answer.headers.get("x-pypi-last-serial", "")) or 0
        self._head = b""

    def feed(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if len(self._head) < 4096:
            self._head = (self._head + chunk)[:4096]
        for entry in self._index.feed(chunk):
            known = version_and_score(entry.name, self.best.wanted)
            if known:
                version, score = known
                self.best.add(msgspec.structs.replace(entry, version=version, score=score), score)

    def finish(self) -> Listing:
        """Raises ProbeFault when it was no index, or one without an end."""
        index = self._index
        if index.is_json and index.has_files and not index.is_whole:
            raise ProbeFault(MirrorVerdict.INCOMPLETE, "its index page is cut short")
        if (index.is_json and not index.has_files) or not (self.best.files or index.is_json or self._is_empty()):
            raise ProbeFault(MirrorVerdict.WRONG_CONTENT, f"answers 200 with {self._description()} instead of an index")
        return Listing(self.best.entries(), self.best.files, index.serial, self.modified, self.size)

    def _description(self) -> str:
        title = re.search(rb"<title>\s*([^<]{1,60})", self._head, re.IGNORECASE)
        return f'a web page, "{title[1].decode("utf-8", "replace").strip()}",' if title else "something else"

    def _is_empty(self) -> bool:
        """An index page without files says nothing but its own name."""
        if b"pypi:repository-version" in self._head or not self._head.strip():
            return bool(self._head.strip())
        text = re.sub(rb"<title>.*?</title>|<[^>]*>", b" ", self._head, flags=re.DOTALL | re.IGNORECASE).split()
        return text[:2] == [b"Links", b"for"] or text[:2] == [b"Index", b"of"] or not text


def http_time(text: str) -> float:
    """Seconds since 1970 of an HTTP or e-mail date; 0 when there is none."""
    try:
        parsed = email.utils.parsedate_tz(text) if text else None
        return float(email.utils.mktime_tz(parsed)) if parsed else 0.0
    except (ValueError, OverflowError):  # a day that there is not
        return 0.0

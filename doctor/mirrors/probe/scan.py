"""Index pages read as they come: a page of any size is never held whole."""

from __future__ import annotations

import email.utils
import html
import re
from typing import Any
from urllib.parse import unquote, urljoin

import msgspec
from packaging.version import Version

from doctor.mirrors.model import Entry, Index, Verdict, Wanted
from doctor.mirrors.probe.http import Answer, Fault

MAX_VERSIONS = 400
KEEP = 256 * 1024  # of a page that has brought nothing yet
STABLE = re.compile(r"\d{1,18}(?:\.\d{1,18})*(?:\.post\d{1,18})?$", re.ASCII)
_OBJECT = re.compile(rb'\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+"|\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+")*+\})*+\}', re.DOTALL)
_ANCHOR = re.compile(rb"<a\s([^>]*)>(.*?)</a\s*>", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


class _File(msgspec.Struct, rename={"size_bytes": "size", "uploaded": "upload-time", "core": "core-metadata"}):
    """A file of the JSON form of the simple API (PEP 691, 700, 714)."""

    filename: str
    url: str
    hashes: dict[str, str] = {}
    size_bytes: int | None = None
    uploaded: str | None = None
    yanked: bool | str = False
    core: Any = None


class Best:
    """One file a version: the one that suits the target best."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.files = 0
        self._rows: dict[str, tuple[int, Entry]] = {}

    def add(self, entry: Entry, score: int) -> None:
        self.files += 1
        known = self._rows.get(entry.version)
        if known is None or score > known[0]:
            self._rows[entry.version] = (score, entry)
            if len(self._rows) > 2 * MAX_VERSIONS:
                self._rows = dict(sorted(self._rows.items(), key=lambda row: Version(row[0]))[-MAX_VERSIONS:])

    def entries(self) -> tuple[Entry, ...]:
        """Newest version first."""
        return tuple(self._rows[v][1] for v in sorted(self._rows, key=Version, reverse=True))


def entry_of(filename: str, wanted: Wanted) -> tuple[str, int] | None:
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
    return version, _suits(parts, local, wanted)


def _suits(parts: list[str], local: str, wanted: Wanted) -> int:
    """8 for the platform, 4 for the Python, 2 for the build, 1 for being a wheel."""
    tags, abis, platforms = (part.split(".") for part in parts[-3:])
    usable = any(p == "any" or _on(p, wanted) for p in platforms)
    other_abi = any(a.endswith("t") and a != wanted.tag for a in abis if a.startswith("cp"))
    tagged = not wanted.tag or (any(t in (wanted.tag.removesuffix("t"), "py3") for t in tags) and not other_abi)
    return 8 * usable + 4 * tagged + 2 * (local in ("", wanted.build)) + 1


def _on(platform: str, wanted: Wanted) -> bool:
    return platform.endswith(wanted.machine) and (not wanted.platforms or platform.startswith(wanted.platforms))


class Page:
    """A project page in JSON or HTML, or a folder of files, fed piece by piece."""

    def __init__(self, answer: Answer, wanted: Wanted) -> None:
        self.base = answer.url
        self.best = Best(wanted)
        self.serial = _number(answer.headers.get("x-pypi-last-serial", ""))
        self.modified = http_time(answer.headers.get("last-modified", ""))
        self.size = 0
        self._buffer = b""
        self._head = b""
        self._json: bool | None = None
        self._in_files = self._ended = False

    def feed(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self._buffer += chunk
        if len(self._head) < 4096:
            self._head = (self._head + chunk)[:4096]
        if self._json is None and self._head.strip():
            self._json = self._head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")
        self._buffer = self._read_json(self._buffer) if self._json else self._read_html(self._buffer)

    def finish(self) -> Index:
        """Raises Fault when it was no index, or one without an end."""
        if self._json and self._in_files and not self._ended:
            raise Fault(Verdict.INCOMPLETE, "its index page is cut short")
        if (self._json and not self._in_files) or (not self.best.files and not self._json and not self._is_empty()):
            raise Fault(Verdict.WRONG_CONTENT, f"answers 200 with {self._looks()} instead of an index")
        return Index(self.best.entries(), self.best.files, self.serial, self.modified, self.size)

    def _looks(self) -> str:
        title = re.search(rb"<title>\s*([^<]{1,60})", self._head, re.IGNORECASE)
        return f'a web page, "{title[1].decode("utf-8", "replace").strip()}",' if title else "something else"

    def _is_empty(self) -> bool:
        """An index page without files says nothing but its own name."""
        if b"pypi:repository-version" in self._head or not self._head.strip():
            return bool(self._head.strip())
        text = re.sub(rb"<title>.*?</title>|<[^>]*>", b" ", self._head, flags=re.DOTALL | re.IGNORECASE).split()
        return text[:2] == [b"Links", b"for"] or text[:2] == [b"Index", b"of"] or not text

    def _read_json(self, buffer: bytes) -> bytes:
        position = 0
        if not self._in_files:
            found = re.search(rb'"files"\s*:\s*\[', buffer)
            self._serial_of(buffer[:4096])
            if found is None:
                return buffer[-KEEP:]
            self._in_files, position = True, found.end()
        while not self._ended:
            start = re.compile(rb"[\s,]*").match(buffer, position)
            position = start.end() if start else position
            if buffer[position : position + 1] == b"]":
                self._ended = True
            found = _OBJECT.match(buffer, position)
            if found is None:
                break
            self._add_json(found[0])
            position = found.end()
        if self._ended:
            self._serial_of(buffer[position:])
        return buffer[position:][-4 * KEEP :]

    def _serial_of(self, text: bytes) -> None:
        found = re.search(rb'"_last-serial"\s*:\s*"?(\d+)', text)
        self.serial = int(found[1]) if found else self.serial

    def _add_json(self, text: bytes) -> None:
        try:
            row = msgspec.json.decode(text, type=_File)
        except msgspec.DecodeError:
            return
        known = entry_of(row.filename, self.best.wanted)
        if known and not row.yanked:
            sha256, has = row.hashes.get("sha256", ""), bool(row.core)
            url = urljoin(self.base, row.url)
            entry = Entry(row.filename, known[0], url, sha256, row.size_bytes or 0, row.uploaded or "", has, known[1])
            self.best.add(entry, known[1])

    def _read_html(self, buffer: bytes) -> bytes:
        end = 0
        for found in _ANCHOR.finditer(buffer):
            self._add_html(found[1].decode("utf-8", "replace"))
            end = found.end()
        serial = re.search(rb"<!--\s*SERIAL (\d+)\s*-->", buffer[end:])
        self.serial = int(serial[1]) if serial else self.serial
        return buffer[end:][-KEEP:]

    def _add_html(self, attributes: str) -> None:
        href = _HREF.search(attributes)
        if href is None or "data-yanked" in attributes:
            return
        address, _, fragment = html.unescape(href[1] or href[2] or href[3] or "").partition("#")
        filename = unquote(address.partition("?")[0].rstrip("/").rpartition("/")[2])
        known = entry_of(filename, self.best.wanted)
        if known:
            sha256 = fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else ""
            has = "data-core-metadata" in attributes or "data-dist-info-metadata" in attributes
            url = urljoin(self.base, address)
            self.best.add(Entry(filename, known[0], url, sha256, 0, "", has, known[1]), known[1])


def http_time(text: str) -> float:
    """Seconds since 1970 of an HTTP or e-mail date; 0 when there is none."""
    parsed = email.utils.parsedate_tz(text) if text else None
    return float(email.utils.mktime_tz(parsed)) if parsed else 0.0


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0

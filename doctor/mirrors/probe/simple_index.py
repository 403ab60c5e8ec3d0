"""Files that a page of the simple repository API lists, read as it comes: a page of any size is never held whole."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

from doctor.mirrors.model import ListedFile
from doctor.text.addresses import joined
from doctor.text.documents import Unparsable, json

KEEP = 256 * 1024  # of a page that has brought nothing yet
_OBJECT = re.compile(rb'\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+"|\{(?:[^{}"]++|"(?:[^"\\]++|\\.)*+")*+\})*+\}', re.DOTALL)
_ANCHOR = re.compile(rb"<a\s((?:[^<>]|<(?!a\s))*+)>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


class _JsonFile(msgspec.Struct, rename={"size_bytes": "size", "uploaded": "upload-time", "core": "core-metadata"}):
    """A file of the JSON form of the simple API (PEP 691, 700, 714)."""

    filename: str
    url: str
    hashes: dict[str, str] = {}
    size_bytes: int | None = None
    uploaded: str | None = None
    yanked: bool | str = False
    core: Any = None


class SimpleIndex:
    """A page in JSON or HTML, or a folder of files, fed piece by piece."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.serial = 0
        self.is_json: bool | None = None  # None: nothing has come yet
        self.has_files = self.is_whole = False  # of a page in JSON: its list began, and ended
        self._buffer = b""

    def feed(self, chunk: bytes) -> list[ListedFile]:
        """The files, without those that were yanked, that this piece completes; versions are not told yet."""
        self._buffer += chunk
        if self.is_json is None and self._buffer.strip():
            self.is_json = self._buffer.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")
        return list(self._json_files() if self.is_json else self._html_files())

    def _json_files(self) -> Iterator[ListedFile]:
        buffer, position = self._buffer, 0
        if not self.has_files:
            found = re.search(rb'"files"\s*:\s*\[', buffer)
            self._read_serial(buffer[:4096])
            if found is None:
                self._buffer = buffer[-KEEP:]
                return
            self.has_files, position = True, found.end()
        while not self.is_whole:
            start = re.compile(rb"[\s,]*").match(buffer, position)
            position = start.end() if start else position
            self.is_whole = buffer[position : position + 1] == b"]"
            found = _OBJECT.match(buffer, position)
            if found is None:
                break
            yield from self._json_file(found[0])
            position = found.end()
        if self.is_whole:
            self._read_serial(buffer[position:])
        self._buffer = buffer[position:][-4 * KEEP :]

    def _read_serial(self, text: bytes) -> None:
        found = re.search(rb'"_last-serial"\s*:\s*"?(\d{1,18})\b', text)
        self.serial = int(found[1]) if found else self.serial

    def _json_file(self, text: bytes) -> Iterator[ListedFile]:
        try:
            row = json(text, _JsonFile)
        except Unparsable:
            return
        url = "" if row.yanked else joined(self.url, row.url)
        if url:
            sha256 = row.hashes.get("sha256", "")
            yield ListedFile(row.filename, "", url, sha256, row.size_bytes or 0, row.uploaded or "", bool(row.core))

    def _html_files(self) -> Iterator[ListedFile]:
        buffer, end = self._buffer, 0
        for found in _ANCHOR.finditer(buffer):
            yield from self._html_file(found[1].decode("utf-8", "replace"))
            end = found.end()
        serial = re.search(rb"<!--\s*SERIAL (\d{1,18})\s*-->", buffer[end:])
        self.serial = int(serial[1]) if serial else self.serial
        self._buffer = buffer[end:][-KEEP:]

    def _html_file(self, attributes: str) -> Iterator[ListedFile]:
        href = _HREF.search(attributes)
        if href is None or "data-yanked" in attributes:
            return
        address, _, fragment = html.unescape(href[1] or href[2] or href[3] or "").partition("#")
        name = unquote(address.partition("?")[0].rstrip("/").rpartition("/")[2])
        sha256 = fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else ""
        has_metadata = "data-core-metadata" in attributes or "data-dist-info-metadata" in attributes
        if url := joined(self.url, address):
            yield ListedFile(name, "", url, sha256, metadata=has_metadata)

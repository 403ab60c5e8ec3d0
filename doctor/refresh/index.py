"""A package index read for its wheels: names, upload times, and the METADATA inside, without downloading a wheel."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from email.message import Message
from email.parser import BytesParser
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

import httpx2
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

from doctor.model import DoctorError
from doctor.privacy import without_credentials
from doctor.text.addresses import joined
from doctor.text.numbers import whole

JSON = "application/vnd.pypi.simple.v1+json"
HTML = ("application/vnd.pypi.simple.v1+html", "text/html")
_SYSTEMS = {
    "win_amd64": "windows-x86_64",
    "win_arm64": "windows-arm64",
}
_ARCHES = {"x86_64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}
_OLD_GLIBC = {"manylinux1": "2.5", "manylinux2010": "2.12", "manylinux2014": "2.17"}
_TIMEOUT_S = 60.0
_LARGEST = 64 * 1024 * 1024  # of an answer; torch's page on the PyTorch index has about 10 MB
_CHUNK = 64 * 1024  # the end of a wheel, where its list of files and METADATA are


class WheelFile(NamedTuple):
    """One wheel file. `floor` is the lowest glibc or macOS its tag allows; `uploaded` a day (ISO) or ""."""

    version: Version
    python: str
    platform: str
    floor: str
    url: str
    uploaded: str
    requires_python: str
    has_metadata_file: bool

    @property
    def build(self) -> str:
        """The local part of the version, "cu126"; "" for a file without one."""
        return self.version.local or ""

    @property
    def release(self) -> str:
        return self.version.public


class Index:
    """A simple index. Raises DoctorError when it answers something that is not one."""

    def __init__(self, url: str, client: httpx2.Client | None = None) -> None:
        self.url = url.rstrip("/") + "/"
        self.client = client or httpx2.Client(timeout=_TIMEOUT_S, follow_redirects=True)

    def wheels(self, project: str) -> list[WheelFile]:
        """The wheels of a project that are not yanked, for platforms the catalog knows."""
        page = joined(self.url, f"{project}/")
        kind, data = self._get(page, {"Accept": f"{JSON}, {HTML[0]};q=0.2, {HTML[1]};q=0.1"})
        if kind == JSON:
            entries = _json_entries(data, page)
        elif kind in HTML:
            entries = _html_entries(data.decode("utf-8", "replace"), page)
        else:
            raise _wrong(page, f"content type {kind or 'not said'}", "expected a simple index, JSON or HTML")
        found = [wheel for entry in entries if (wheel := _wheel(project, page, entry))]
        if not found:
            raise _wrong(page, "no wheel", f"expected wheels of {project}")
        return found

    def metadata(self, wheel: WheelFile) -> Message:
        """The core metadata of a wheel: its own file where the index has one, else read out of the wheel's end."""
        if wheel.has_metadata_file:
            return BytesParser().parsebytes(self._get(wheel.url + ".metadata", {})[1])
        try:
            with zipfile.ZipFile(io.BufferedReader(_Remote(self.client, wheel.url), _CHUNK)) as archive:
                name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
                with archive.open(name) as file:
                    return BytesParser().parsebytes(file.read(_LARGEST))
        except (zipfile.BadZipFile, zlib.error, StopIteration, httpx2.HTTPError) as error:
            raise _wrong(wheel.url, "not a whole wheel", "expected a zip with METADATA") from error

    def _get(self, url: str, headers: dict[str, str]) -> tuple[str, bytes]:
        """The content type and the whole answer."""
        try:
            with self.client.stream("GET", url, headers=headers) as response:
                if response.status_code != 200:
                    raise _wrong(url, f"HTTP {response.status_code}", "expected 200")
                data = bytearray()
                for part in response.iter_bytes():
                    data += part
                    if len(data) > _LARGEST:
                        raise _wrong(url, f"more than {_LARGEST} bytes", "expected a page of an index")
                return response.headers.get("content-type", "").partition(";")[0].strip(), bytes(data)
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            raise _wrong(url, f"{type(error).__name__}: {error}", "cannot reach the index") from error


class _Remote(io.RawIOBase):
    """A remote file that is read by HTTP range."""

    def __init__(self, client: httpx2.Client, url: str) -> None:
        self.client, self.url, self.at = client, url, 0
        response = client.get(url, headers={"Range": "bytes=0-0"})
        total = response.headers.get("content-range", "").rpartition("/")[2]
        if response.status_code != 206 or (size := whole(total)) is None:
            raise _wrong(url, f"HTTP {response.status_code}", "expected an index that answers range requests")
        self.size = size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        end = min(self.at + len(buffer), self.size) - 1
        if end < self.at:
            return 0
        data = self.client.get(self.url, headers={"Range": f"bytes={self.at}-{end}"}).content
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)


def _wrong(url: str, found: str, expected: str) -> DoctorError:
    return DoctorError(
        "refresh-index", expected, f"{without_credentials(url)}: {found}", "name another index with --index-url"
    )


def _json_entries(data: bytes, page: str) -> list[dict[str, object]]:
    try:
        files = [dict(file) for file in json.loads(data)["files"]]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise _wrong(page, f"{type(error).__name__}: {error}", "expected the JSON of a simple index") from error
    return [file for file in files if not file.get("yanked")]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.entries: list[dict[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "data-yanked" not in values:
            href = str(values["href"])
            self.entries.append(
                {
                    "filename": unquote(href.partition("#")[0].rpartition("/")[2]),
                    "url": href.partition("#")[0],
                    "requires-python": values.get("data-requires-python") or "",
                    "core-metadata": bool(values.get("data-core-metadata") or values.get("data-dist-info-metadata")),
                }
            )


def _html_entries(text: str, page: str) -> list[dict[str, object]]:
    if "</html" not in text.lower() and "</body" not in text.lower():
        raise _wrong(page, "a page without an end", "expected a whole simple index")
    links = _Links()
    links.feed(text)
    return links.entries


def _wheel(project: str, page: str, entry: dict[str, object]) -> WheelFile | None:
    """None for a file that is no wheel of the project, or one for a platform the catalog does not have."""
    try:
        name, version, _, tags = parse_wheel_filename(str(entry.get("filename")))
    except InvalidWheelFilename:
        return None
    places = [place for tag in tags if (place := _place(tag.platform))]
    tag = next(iter(tags))
    if name != project or not places or version.is_prerelease:
        return None
    platform, floor = min(places, key=lambda place: Version(place[1] or "0"))
    python = tag.abi if tag.abi.endswith("t") else "py3" if tag.interpreter.startswith("py") else tag.interpreter
    return WheelFile(
        version=version,
        python=python,
        platform=platform,
        floor=floor,
        url=joined(page, str(entry.get("url") or "")),
        uploaded=str(entry.get("upload-time") or "")[:10],
        requires_python=str(entry.get("requires-python") or ""),
        has_metadata_file=bool(entry.get("core-metadata") or entry.get("dist-info-metadata")),
    )


def _place(tag: str) -> tuple[str, str] | None:
    """("linux-x86_64", "2.28") of "manylinux_2_28_x86_64"."""
    if tag in _SYSTEMS:
        return _SYSTEMS[tag], ""
    arch = next((arch for arch in _ARCHES if tag.endswith("_" + arch)), "")
    head = tag.removesuffix("_" + arch)
    if not arch:
        return None
    if head.startswith("macosx_"):
        return f"macos-{arch}", head.removeprefix("macosx_").replace("_", ".")
    if head in _OLD_GLIBC:
        return f"linux-{arch}", _OLD_GLIBC[head]
    if head.startswith("manylinux_"):
        return f"linux-{arch}", head.removeprefix("manylinux_").replace("_", ".")
    return (f"linux-{arch}", "") if head == "linux" else None

"""How much room the files of a plan take unpacked, and how long their paths are: each wheel lists it at its end."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import url2pathname

from doctor.bootstrap.sizes import size
from doctor.catalog.system import MOST_CHARACTERS, longest_path
from doctor.mirrors import transport
from doctor.model import DoctorError, Exit
from doctor.probes import _windows
from doctor.process.threads import ThreadPool
from doctor.setup.model import Download, SetupPlan
from doctor.text.addresses import parts_of

if TYPE_CHECKING:
    import httpx2

_LARGE = 10_000_000  # bytes of a wheel; below it, the usual ratio is near enough
_RATIO = 3.0  # of torch 2.15's small dependencies
_TIMEOUT_S = 10.0
_BUFFER = 64 * 1024
_AT_ONCE = 8
LONG = "Some paths get longer than the {most} characters that this Windows allows: uv writes them, others may not."
GUIDE = "https://pip.pypa.io/warnings/enable-long-paths"


class Unpacked(NamedTuple):
    """Bytes, and the characters of the longest path below `site-packages`."""

    size: int
    longest: int = 0


def unpacked(downloads: Sequence[Download]) -> Unpacked | None:
    """None where sizes are not known, or a large file's server does not hand out a part of it."""
    if any(one.size_bytes is None for one in downloads):
        return None
    with transport.client(_TIMEOUT_S) as client, ThreadPool(_AT_ONCE) as pool:
        measured = list(pool.map(lambda one: _unpacked(client, one), downloads))
    known = [one for one in measured if one is not None]
    if len(known) < len(measured):
        return None
    return Unpacked(sum(one.size for one in known), max((one.longest for one in known), default=0))


def check_lengths(folder: Path, torch: str, measured: Unpacked | None, *, by_pip: bool) -> str:
    """What is to be said where this Windows does not allow paths as long as those below the folder would be; "" where
    it does. Raises DoctorError for pip, which cannot write them; uv can."""
    if not torch or _windows.long_paths(_windows.key_values(_windows.FILE_SYSTEM)) is not False:
        return ""
    below = len("/Lib/site-packages/") + ((measured and measured.longest) or longest_path(torch))
    here, most = len(str(folder)), MOST_CHARACTERS - below
    if here <= most:
        return ""
    if not by_pip:
        return LONG.format(most=MOST_CHARACTERS)
    raise DoctorError(
        "setup-path-length",
        f"the path of {folder} is too long for PyTorch {torch}",
        f"{here} characters; {below} more, and this Windows allows {MOST_CHARACTERS}",
        f"choose another --env with at most {most}, or allow long paths: {GUIDE}",
        exit_code=Exit.NOT_DONE,
    )


def check_space(folder: Path, plan: SetupPlan) -> None:
    """Raises DoctorError. Unpacked, the files are never smaller than packed."""
    needed = plan.disk_bytes or plan.known_bytes
    free = shutil.disk_usage(next(p for p in (folder, *folder.parents) if p.exists())).free
    if needed > free:
        found = f"{size(free)} free, at least {size(needed)} needed"
        raise DoctorError(
            "setup-space", f"not enough space for {folder}", found, "choose another --env", exit_code=Exit.NOT_DONE
        )


def _unpacked(client: httpx2.Client, download: Download) -> Unpacked | None:
    packed = download.size_bytes or 0
    if packed < _LARGE:
        return Unpacked(round(packed * _RATIO))
    import httpx2

    parts = parts_of(download.url)
    try:
        remote = io.BufferedReader(_Ranges(client, download.url, packed), _BUFFER) if parts.netloc else None
        with zipfile.ZipFile(remote or url2pathname(parts.path)) as wheel:
            files = wheel.infolist()
            return Unpacked(sum(file.file_size for file in files), max((len(f.filename) for f in files), default=0))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError, zipfile.BadZipFile):
        return None


class _Ranges(io.RawIOBase):
    """A file on a server, read in parts."""

    def __init__(self, client: httpx2.Client, url: str, size: int) -> None:
        self._client, self._url, self._size, self._at = client, url, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a Buffer in general, this from io
        end = min(self._at + len(buffer), self._size)
        if end <= self._at:
            return 0
        with self._client.stream("GET", self._url, headers={"Range": f"bytes={self._at}-{end - 1}"}) as answer:
            if answer.status_code != 206:
                raise OSError(f"HTTP {answer.status_code} instead of a part")
            part = answer.read()
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

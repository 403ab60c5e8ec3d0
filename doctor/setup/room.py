"""How much room the files of a plan take unpacked: the directory at the end of each wheel tells it, not a guess."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from doctor.bootstrap.sizes import size
from doctor.mirrors import transport
from doctor.model import DoctorError, Exit
from doctor.process.threads import ThreadPool
from doctor.setup.model import Download, SetupPlan

if TYPE_CHECKING:
    import httpx2

_LARGE = 10_000_000  # bytes of a wheel; below it, the usual ratio is near enough
_RATIO = 3.0  # of torch 2.15's small dependencies
_TIMEOUT_S = 10.0
_BUFFER = 64 * 1024
_AT_ONCE = 8


def unpacked_bytes(downloads: Sequence[Download]) -> int | None:
    """None where sizes are not known, or a large file's server does not hand out a part of it."""
    if any(one.size_bytes is None for one in downloads):
        return None
    with transport.client(_TIMEOUT_S) as client, ThreadPool(_AT_ONCE) as pool:
        sizes = list(pool.map(lambda one: _unpacked(client, one), downloads))
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def check_space(folder: Path, plan: SetupPlan) -> None:
    """Raises DoctorError. Unpacked, the files are never smaller than packed."""
    needed = plan.disk_bytes or plan.known_bytes
    free = shutil.disk_usage(next(p for p in (folder, *folder.parents) if p.exists())).free
    if needed > free:
        found = f"{size(free)} free, at least {size(needed)} needed"
        raise DoctorError(
            "setup-space", f"not enough space for {folder}", found, "choose another --env", exit_code=Exit.NOT_DONE
        )


def _unpacked(client: httpx2.Client, download: Download) -> int | None:
    packed = download.size_bytes or 0
    if packed < _LARGE:
        return round(packed * _RATIO)
    import httpx2

    parts = urlsplit(download.url)
    try:
        remote = io.BufferedReader(_Ranges(client, download.url, packed), _BUFFER) if parts.netloc else None
        with zipfile.ZipFile(remote or url2pathname(parts.path)) as wheel:
            return sum(entry.file_size for entry in wheel.infolist())
    except (httpx2.HTTPError, OSError, zipfile.BadZipFile):
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

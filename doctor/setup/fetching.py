"""A file that an installer could not download whole: from its own place again, then from others that list the same one.

What has come is kept from one place to the next, and the whole is compared with the hash that was planned.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from doctor.bootstrap.sizes import size
from doctor.mirrors import transport
from doctor.process import ProcessResult
from doctor.setup import index_page
from doctor.setup.model import Doing, Download, Transfer
from doctor.text.addresses import parts_of

if TYPE_CHECKING:
    import httpx2

GOES_ON = "{name}: going on from {host} after the first {done}"
ANEW = "{name}: starting again from {host}"
OTHER_BYTES = "gives other bytes than were planned"
STATUS = "answers HTTP {status}"
BREAKS_OFF = "breaks off ({why})"
_STALL_S = 30.0
_TRIES = 20  # at one place, while each of them brings more
# of an index that had the files when the plan was made; pip says so when it gets no page, too
_GONE = "No matching distribution found"
_UV_BROKE = r"response body|error sending request|HTTP status (?:client|server) error|operation timed out"
_PIP_BROKE = (
    r"incomplete-download|IncompleteRead|Connection (?:broken|aborted|reset)|Max retries exceeded|Read timed out"
)
_BROKE = re.compile(rf"{_UV_BROKE}|{_PIP_BROKE}|{_GONE}|[45]\d\d (?:Client|Server) Error")
Say = Callable[[str], None]


def broken_off(ended: ProcessResult, downloads: Sequence[Download]) -> list[Download]:
    """The file whose download an installer gave up, all where it got no page of an index, none where something else
    went wrong or a hash is not known, by which another place's file is the same."""
    text = unquote(f"{ended.stdout}\n{ended.stderr}")
    if not _BROKE.search(text) or not all(one.sha256 and parts_of(one.url).netloc for one in downloads):
        return []
    last = {one.file: max(text.rfind(f"`{one.name}=={one.version}`"), text.rfind(one.file)) for one in downloads}
    found = max(downloads, key=lambda one: last[one.file])
    return [found] if last[found.file] >= 0 else list(downloads)


def fetch(download: Download, folder: Path, pages: Iterable[str], say: Say, doing: Doing) -> str:
    """Bring the file into the folder; what is wrong with each place, or "" when it is there. Raises OSError when it
    cannot be written."""
    file, problems = folder / download.file, []
    with transport.client(_STALL_S) as client:
        for url in _addresses(download, pages, doing):
            problem = _from_one_place(client, url, file, download, say, doing)
            if not problem:
                return ""
            problems.append(f"{_host(url)} {problem}")
    return "; ".join(problems)


def _addresses(download: Download, pages: Iterable[str], doing: Doing) -> Iterator[str]:
    yield download.url.partition("#")[0]
    for page in pages:
        doing(f"looking for {download.name} at {_host(page)}")
        same = (one for one in index_page.read(page).files if one.name == download.file)
        yield from (one.url for one in same if one.sha256 in ("", download.sha256))


def _from_one_place(client: httpx2.Client, url: str, file: Path, download: Download, say: Say, doing: Doing) -> str:
    import httpx2

    problem = ""
    for attempt in range(_TRIES):
        had = _size(file)
        try:
            _add(client, url, file, download, doing, say if not attempt else lambda _: None)
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            problem = BREAKS_OFF.format(why=str(error) or type(error).__name__)
        except _Refused as error:
            return str(error)
        else:
            if _is_right(file, download):
                return ""
            file.unlink()
            if not had:
                return OTHER_BYTES
            problem, had = OTHER_BYTES, -1  # what came before may be at fault: once more, from the start
        if _size(file) <= had:
            break
    return problem


class _Refused(Exception):
    """Another answer than the file."""


def _add(client: httpx2.Client, url: str, file: Path, download: Download, doing: Doing, say: Say) -> None:
    """Go on with a file where the server hands out parts, else begin it anew."""
    had = _size(file)
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={had}-"} if had else {})}
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code not in (200, 206):
            raise _Refused(STATUS.format(status=answer.status_code))
        goes_on = answer.status_code == 206
        said = GOES_ON if goes_on else ANEW
        say(said.format(name=download.name, host=_host(url), done=size(had)))
        with file.open("ab" if goes_on else "wb") as out:
            for part in answer.iter_raw():
                out.write(part)
                doing(Transfer(out.tell(), download.size_bytes or 0, download.name))


def _is_right(file: Path, download: Download) -> bool:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == download.sha256


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _host(url: str) -> str:
    return parts_of(url).netloc.rpartition("@")[2]

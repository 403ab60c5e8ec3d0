"""One project page of a package index, looked at before anything is asked of an installer."""

from __future__ import annotations

from pathlib import Path

import msgspec

from doctor.files import regular
from doctor.mirrors import transport
from doctor.mirrors.model import ListedFile
from doctor.mirrors.probe.simple_index import SimpleIndex

JSON = "application/vnd.pypi.simple.v1+json"
HTML = ("application/vnd.pypi.simple.v1+html", "text/html")
_TIMEOUT_S = 10.0
_MAX_BYTES = 64 * 1024 * 1024

UNREACHABLE = "cannot be reached ({why})"
STATUS = "answers HTTP {status}"
CONTENT_TYPE = "answers with {kind}, which is no package index"
NO_LINKS = "answers with a page without a single wheel, which is no package index"
CUT = "its answer breaks off ({why})"


class IndexPage(msgspec.Struct, frozen=True):
    """What came. `problem` is "" when `wheels` (file names) can be trusted; `reachable` False: nobody answered.

    `files`: the same with their addresses and hashes, of an index that is not on disk.
    """

    wheels: tuple[str, ...] = ()
    problem: str = ""
    reachable: bool = True
    files: tuple[ListedFile, ...] = ()


def read(url: str) -> IndexPage:
    """The wheels a page lists; every failure becomes a `problem` in plain words."""
    import httpx2

    from doctor.mirrors.probe.http import fault_of

    if url.startswith("file://"):
        return _read_folder(url)
    accept = f"{JSON}, {HTML[0]};q=0.2, {HTML[1]};q=0.1"
    with transport.client(_TIMEOUT_S) as client:
        try:
            response = client.get(url, headers={"Accept": accept})
        except (httpx2.RemoteProtocolError, httpx2.DecodingError) as error:
            return IndexPage(problem=CUT.format(why=_first_line(error)))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
            why = fault_of(error, url, transport.proxy_between(url)).problem.reason
            return IndexPage(problem=UNREACHABLE.format(why=why), reachable=False)
    if response.status_code != 200:
        return IndexPage(problem=STATUS.format(status=response.status_code))
    return parse(response.content[:_MAX_BYTES], response.headers.get("content-type", ""), str(response.url))


def _read_folder(url: str) -> IndexPage:
    """An index on disk: a folder of wheels, or one with an index.html."""
    from urllib.request import url2pathname

    folder = Path(url2pathname(url.removeprefix("file://")))
    page = folder / "index.html"
    try:
        if page.is_file():
            return parse(regular.read(page, _MAX_BYTES), HTML[1])
        wheels = tuple(sorted(entry.name for entry in folder.iterdir() if entry.suffix == ".whl"))
    except OSError as error:
        return IndexPage(problem=str(error.strerror))
    return IndexPage(wheels) if wheels else IndexPage(problem=NO_LINKS)


def parse(body: bytes, content_type: str, url: str = "") -> IndexPage:
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (JSON, *HTML):
        return IndexPage(problem=CONTENT_TYPE.format(kind=kind or "no content type"))
    index = SimpleIndex(url)
    files = tuple(entry for entry in index.feed(body) if entry.name.endswith(".whl"))
    if kind == JSON and not index.is_whole:
        return IndexPage(problem=CUT.format(why="not whole JSON"))
    return IndexPage(tuple(entry.name for entry in files), files=files) if files else IndexPage(problem=NO_LINKS)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__

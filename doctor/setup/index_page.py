"""One project page of a package index, looked at before anything is asked of an installer."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import msgspec

JSON = "application/vnd.pypi.simple.v1+json"
HTML = ("application/vnd.pypi.simple.v1+html", "text/html")
_TIMEOUT_S = 10.0
_MAX_BYTES = 64 * 1024 * 1024

UNREACHABLE = "out of reach ({why})"
STATUS = "answers HTTP {status}"
CONTENT_TYPE = "answers {kind}, which is no package index"
NO_LINKS = "answers a page without a single wheel: not a package index"
CUT = "its answer breaks off ({why})"


class Page(msgspec.Struct, frozen=True):
    """What came. `problem` is "" when `wheels` (file names) can be trusted; `reachable` False: nobody answered."""

    wheels: tuple[str, ...] = ()
    problem: str = ""
    reachable: bool = True


def read(url: str) -> Page:
    """The wheels a page lists; every failure becomes a `problem` in plain words."""
    import httpx2

    if url.startswith("file://"):
        return _of_folder(url)
    accept = f"{JSON}, {HTML[0]};q=0.2, {HTML[1]};q=0.1"
    try:
        with httpx2.Client(timeout=_TIMEOUT_S, follow_redirects=True) as client:
            response = client.get(url, headers={"Accept": accept})
    except (httpx2.RemoteProtocolError, httpx2.DecodingError) as error:
        return Page(problem=CUT.format(why=_short(error)))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        return Page(problem=UNREACHABLE.format(why=_short(error)), reachable=False)
    if response.status_code != 200:
        return Page(problem=STATUS.format(status=response.status_code))
    return parse(response.content[:_MAX_BYTES], response.headers.get("content-type", ""))


def _of_folder(url: str) -> Page:
    """An index on disk: a folder of wheels, or one with an index.html."""
    from urllib.request import url2pathname

    folder = Path(url2pathname(url.removeprefix("file://")))
    page = folder / "index.html"
    try:
        if page.is_file():
            return parse(page.read_bytes(), HTML[1])
        wheels = tuple(sorted(entry.name for entry in folder.iterdir() if entry.suffix == ".whl"))
    except OSError as error:
        return Page(problem=str(error.strerror))
    return Page(wheels) if wheels else Page(problem=NO_LINKS)


def parse(body: bytes, content_type: str) -> Page:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        names = _from_json(body)
    elif kind in HTML:
        names = _from_html(body.decode("utf-8", "replace"))
    else:
        return Page(problem=CONTENT_TYPE.format(kind=kind or "no content type"))
    if names is None:
        return Page(problem=CUT.format(why="not whole JSON"))
    wheels = tuple(name for name in names if name.endswith(".whl"))
    return Page(wheels) if wheels else Page(problem=NO_LINKS)


def _from_json(body: bytes) -> list[str] | None:
    try:
        return [str(file["filename"]) for file in json.loads(body)["files"] if not file.get("yanked")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "data-yanked" not in values:
            path = re.split(r"[?#]", str(values["href"]))[0]
            self.names.append(unquote(path.rpartition("/")[2]))


def _from_html(text: str) -> list[str]:
    links = _Links()
    links.feed(text)
    return links.names


def _short(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__

"""The same files elsewhere, where an index is out of reach or gives them by halves: the hash says that they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from doctor.catalog import BuildTag
from doctor.catalog.mirrors import offered
from doctor.probes.chosen_sources import pytorch_index
from doctor.setup import index_page
from doctor.setup.model import Download, Where
from doctor.setup.sources import INSTEAD, Reader
from doctor.text.addresses import parts_of


def relocate(
    downloads: Sequence[Download], read: Reader = index_page.read
) -> tuple[tuple[Download, ...], tuple[str, ...]]:
    """The same files, from a mirror where nobody answers at the index of the lock; and what is to be said about it."""
    moved: dict[Where, Where] = {}
    notes: list[str] = []
    for where in dict.fromkeys(d.where for d in downloads if d.where.kind == "index"):
        group = [d for d in downloads if d.where == where]
        page = read(_page_url(where.url, group[0].name))
        if page.reachable:
            continue
        for url in _mirrors(where.url):
            if all(d.file in read(_page_url(url, d.name)).wheels for d in group):
                moved[where] = Where("index", url)
                notes.append(INSTEAD.format(passed=where.shown, reason=page.problem, name=moved[where].shown))
                break
    changed = (msgspec.structs.replace(d, where=moved.get(d.where, d.where)) for d in downloads)
    return tuple(changed), tuple(notes)


def pages_elsewhere(download: Download) -> Iterator[str]:
    """Pages of other places that may list the same file. Nobody is told the name of a package that is not public."""
    yield from (_page_url(url, download.name) for url in _mirrors(download.where.url))
    host = parts_of(download.url).hostname or ""
    if "pythonhosted" in host or any(parts_of(row.url).hostname == host for row in offered("pypi")):
        yield from (_page_url(row.url, download.name) for row in offered("pypi"))


def _page_url(url: str, project: str) -> str:
    return f"{url.rstrip('/')}/{project}/"


def _mirrors(url: str) -> Iterator[str]:
    """Copies of one build's folder of the PyTorch index, the chosen mirror first."""
    build = url.rstrip("/").rpartition("/")[2]
    if not BuildTag.of(build).tag:
        return
    chosen = pytorch_index()
    templates = [f"{chosen}/{{build}}"] if chosen else []
    templates += [row.url for row in offered("pytorch") if row.layout == "simple"]
    for template in templates:
        mirror = template.replace("{build}", build)
        if mirror.rstrip("/") != url.rstrip("/"):
            yield mirror

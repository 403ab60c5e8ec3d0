"""Probing indexes of wheels, and folders of wheels for --find-links, in the order in which pip would stumble."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from doctor.mirrors.model import ListedFile, Listing, MirrorCandidate, MirrorVerdict, WantedPackage
from doctor.mirrors.probe.http import ProbeFault, Response, Session
from doctor.mirrors.probe.progress import ProbeProgress
from doctor.mirrors.probe.scan import ProjectPage
from doctor.mirrors.settings import OTHER_CLIENT

ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01"
_REFUSALS = (401, 403, 405, 406, 407, 418, 429, 451)
_RUNS = 12  # score of a wheel that runs on the target


async def probe_simple(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """A project's page, then its files. Raises ProbeFault at the first check that fails."""
    url = f"{progress.candidate.url.rstrip('/')}/{quote(wanted.package)}/"
    progress.index = await _read_page(session, progress, url, wanted)
    await _check_files(session, progress, wanted)


async def probe_flat(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """A folder of wheels, as --find-links takes it."""
    url = progress.candidate.url
    url = url if url.endswith(".html") else url.rstrip("/") + "/"
    progress.index = await _read_page(session, progress, url, wanted)
    await _check_files(session, progress, wanted)


async def _read_page(session: Session, progress: ProbeProgress, url: str, wanted: WantedPackage) -> Listing:
    refused = 0
    async with session.get(url, "pip", {"Accept": ACCEPT}) as answer:
        progress.note_response(answer)
        if answer.status == 200:
            return await _scan(session, progress, answer, wanted)
        refused = answer.status
    await explain_refusal(session, progress.candidate, url, refused, "pip", {"Accept": ACCEPT})
    if refused in (404, 410):
        await _check_layout(session, progress, wanted)
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"has no page for {wanted.package} (answers {refused})")
    raise ProbeFault(MirrorVerdict.UNREACHABLE, f"answers {refused}")


async def _scan(session: Session, progress: ProbeProgress, answer: Response, wanted: WantedPackage) -> Listing:
    page = ProjectPage(answer, wanted)
    async for chunk in answer.chunks():
        session.received += len(chunk)
        progress.note_bytes(len(chunk))
        page.feed(chunk)
        if page.size > session.limits.index_bytes:
            raise ProbeFault(
                MirrorVerdict.WRONG_CONTENT,
                f"its index page has more than {session.limits.index_bytes // 1_000_000} MB",
            )
        if session.received > session.limits.total_bytes:
            raise ProbeFault(MirrorVerdict.UNREACHABLE, "not read to the end: the download limit is reached")
        await asyncio.sleep(0)
    return page.finish()


async def explain_refusal(
    session: Session, candidate: MirrorCandidate, url: str, status: int, client: str, headers: dict[str, str]
) -> None:
    """Raise ProbeFault when the source refuses: it may answer a client of another name."""
    if status not in _REFUSALS:
        return
    if status in (401, 407):
        raise ProbeFault(MirrorVerdict.REFUSES_CLIENT, f"asks for a login (answers {status})")
    async with session.get(url, OTHER_CLIENT, headers) as answer:
        if answer.status == 200:
            reason = f"answers {status} to {client} and 200 to other clients"
            raise ProbeFault(MirrorVerdict.REFUSES_CLIENT, reason)
    if status in (403, 405) and candidate.service == "pytorch":
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"answers {status}, as this index does for what it does not have")
    raise ProbeFault(MirrorVerdict.REFUSES_CLIENT, f"answers {status} to every client")


async def _check_layout(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """A folder of wheels set up as an index has no page for a project."""
    async with session.get(progress.candidate.url.rstrip("/") + "/", "pip", {"Accept": "text/html"}) as answer:
        if answer.status != 200 or answer.type != "text/html":
            return
        page = ProjectPage(answer, wanted)
        page.feed(await answer.text(2_000_000))
    if page.best.files:
        raise ProbeFault(
            MirrorVerdict.WRONG_CONTENT, "is a folder of wheels, not an index: it only works with --find-links"
        )


async def _check_files(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """The wanted wheel, its metadata, the beginning of its bytes."""
    index = progress.index
    if index is None or not index.entries:
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"its page of {wanted.package} lists no files")
    entry = choose_entry(index, wanted)
    progress.wanted = entry
    if entry.metadata:
        await _check_metadata(session, entry)
    await progress.measure(session, entry, "pip", max(index.entries, key=lambda e: e.size_bytes))


def choose_entry(index: Listing, wanted: WantedPackage) -> ListedFile:
    """The version that is to be installed, else the newest that runs on the target, else the newest."""
    exact = index.entry(wanted.version) if wanted.version else None
    runs = next((entry for entry in index.entries if entry.score >= _RUNS), None)
    return exact or runs or index.entries[0]


async def _check_metadata(session: Session, entry: ListedFile) -> None:
    async with session.get(f"{entry.url}.metadata", "pip") as answer:
        if answer.status in (403, 404, 410):
            reason = f"announces {entry.name}.metadata but answers {answer.status} for it, which stops pip and uv"
            raise ProbeFault(MirrorVerdict.INCOMPLETE, reason)
        text = await answer.text(256)
    if answer.status == 200 and not text.lstrip().lower().startswith((b"metadata-version", b"name:")):
        raise ProbeFault(MirrorVerdict.WRONG_CONTENT, f"answers with something else for {entry.name}.metadata")

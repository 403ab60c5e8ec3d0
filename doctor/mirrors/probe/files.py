"""Probing conda channels, apt repositories and single files."""

from __future__ import annotations

import asyncio
import hashlib
import re

import msgspec

from doctor.mirrors.model import ListedFile, Listing, MirrorVerdict, WantedPackage
from doctor.mirrors.probe.channel import Channel
from doctor.mirrors.probe.http import ProbeFault, Response, Session
from doctor.mirrors.probe.progress import ProbeProgress
from doctor.mirrors.probe.scan import http_time
from doctor.mirrors.probe.wheels import explain_refusal
from doctor.mirrors.services import FILES, ServiceFile

_PACKAGES = {"torch": "pytorch"}  # names on conda channels
_REPODATA = ("current_repodata.json", "repodata.json")


async def probe_conda(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """The channel's list of packages for the platform, then a package."""
    folder = f"{progress.candidate.url.rstrip('/')}/{wanted.subdir}"
    wanted = msgspec.structs.replace(wanted, package=_PACKAGES.get(wanted.package, wanted.package))
    progress.index, largest = await _read_repodata(session, progress, folder, wanted)
    if wanted.subdir != "noarch":
        await _check_noarch(session, progress.candidate.url.rstrip("/"))
    entry = progress.index.entries[0] if progress.index.entries else largest
    if entry is None:
        if progress.index.files == 0:
            raise ProbeFault(MirrorVerdict.INCOMPLETE, f"its {wanted.subdir} holds no packages")
        return
    progress.wanted = entry
    await progress.measure(session, entry, "conda", largest)


async def _read_repodata(
    session: Session, progress: ProbeProgress, folder: str, wanted: WantedPackage
) -> tuple[Listing, ListedFile | None]:
    status = 0
    for name in _REPODATA:
        async with session.get(f"{folder}/{name}", "conda") as answer:
            progress.note_response(answer)
            status = answer.status
            if status == 200:
                return await _read_channel(session, progress, answer, wanted)
        if status not in (403, 404):
            break
    if status == 404:
        missing = f"{wanted.subdir}/repodata.json answers 404"
        reason = f"the channel does not exist ({missing}); one missing channel stops conda"
        raise ProbeFault(MirrorVerdict.INCOMPLETE, reason)
    await explain_refusal(session, progress.candidate, f"{folder}/{_REPODATA[-1]}", status, "conda", {})
    raise ProbeFault(MirrorVerdict.UNREACHABLE, f"answers {status}")


async def _check_noarch(session: Session, url: str) -> None:
    """conda asks every channel for it, and stops where it is missing."""
    for name in _REPODATA:
        async with session.get(f"{url}/noarch/{name}", "conda") as answer:
            if answer.status not in (403, 404):
                return
    raise ProbeFault(MirrorVerdict.INCOMPLETE, "has no noarch/repodata.json, without which conda stops")


async def _read_channel(
    session: Session, progress: ProbeProgress, answer: Response, wanted: WantedPackage
) -> tuple[Listing, ListedFile | None]:
    channel = Channel(answer, wanted)
    async for chunk in answer.chunks():
        session.received += len(chunk)
        progress.note_bytes(len(chunk))
        channel.feed(chunk)
        if channel.size > session.limits.index_bytes:
            break
        await asyncio.sleep(0)
    else:
        return channel.finish(), channel.largest
    progress.notes.append(f"only the first {channel.size // 1_000_000} MB of its repodata were read")
    known = Listing(channel.best.entries(), channel.files, 0, channel.modified or channel.newest, channel.size)
    return known, channel.largest


async def probe_apt(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """The signed Release file, then a list of packages."""
    url = progress.candidate.url.rstrip("/")
    flat = progress.candidate.service == "apt-cuda"
    if flat and "{" in url:
        url = url.replace("{distro}/{arch}", wanted.cuda_repository)
    folder = url if flat else f"{url}/dists/{wanted.suite}"
    async with session.get(f"{folder}/InRelease", "apt") as answer:
        progress.note_response(answer)
        status, text = answer.status, await answer.text(400_000)
    await explain_refusal(session, progress.candidate, f"{folder}/InRelease", status, "apt", {})
    if status != 200:
        what = folder.removeprefix(url).strip("/") or "repository here"
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"has no {what} (InRelease: {status})")
    if b"Origin:" not in text and b"Suite:" not in text and b"Date:" not in text:
        raise ProbeFault(MirrorVerdict.WRONG_CONTENT, "answers with something else instead of a Release file")
    date = re.search(rb"^Date:\s*(.+)$", text, re.MULTILINE)
    modified = http_time(date[1].decode("ascii", "replace")) if date else 0.0
    progress.index = Listing(modified=modified, bytes_read=len(text))
    lists = "Packages.gz" if flat else f"main/binary-{_debian_architecture(wanted.machine)}/Packages.gz"
    await progress.measure(session, ListedFile(lists, "", f"{folder}/{lists}"), "apt")


def _debian_architecture(machine: str) -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine)


async def probe_files(session: Session, progress: ProbeProgress, wanted: WantedPackage) -> None:
    """The service's files one after the other; a small one with a known hash is read whole."""
    url = progress.candidate.url.rstrip("/")
    for file in FILES[progress.candidate.service]:
        address = f"{url}/{file.path}"
        if file.md5:
            await _check_whole_file(session, progress, address, file)
            continue
        async with session.get(address, file.client, {"Range": "bytes=0-0"}) as answer:
            progress.note_response(answer)
            status = answer.status
        await explain_refusal(session, progress.candidate, address, status, file.client, {})
        await progress.measure(session, ListedFile(file.path, "", address, "", file.size_bytes), file.client)


async def _check_whole_file(session: Session, progress: ProbeProgress, address: str, file: ServiceFile) -> None:
    async with session.get(address, file.client) as answer:
        progress.note_response(answer)
        body = await answer.text(1_000_000)
    await explain_refusal(session, progress.candidate, address, answer.status, file.client, {})
    if answer.status != 200:
        raise ProbeFault(MirrorVerdict.INCOMPLETE, f"answers {answer.status} for {file.path}")
    if hashlib.md5(body, usedforsecurity=False).hexdigest() != file.md5:
        kind = MirrorVerdict.WRONG_CONTENT if answer.type == "text/html" else MirrorVerdict.TAMPERED
        raise ProbeFault(kind, f"{file.path} does not have the expected hash")

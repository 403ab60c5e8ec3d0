"""Requirements to the exact files, with hashes and sizes: asked of uv, or of pip. Nothing is installed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from doctor.mirrors import transport
from doctor.process import run
from doctor.setup.failure import resolve_error
from doctor.setup.model import Doing, Download, Where, exact, quietly
from doctor.setup.tools import Installer, heeding_index, planning

if TYPE_CHECKING:
    import httpx2

_DEADLINE_S = 300.0
_HEAD_S = 10.0
_AT_ONCE = 8
# an index may not list what its wheels need: their ends tell it, else pip fetches them whole
_IN_PARTS = ("--use-feature", "fast-deps")
RESOLVING = "asking {kind} for the files of {count} packages and what they need"
SIZES = "asking for the sizes of {count} files"


def resolve(
    installer: Installer,
    python: str,
    requirements: Sequence[str],
    where: Where,
    *,
    with_dependencies: bool = True,
    wheels_only: bool = True,
    doing: Doing = quietly,
) -> tuple[Download, ...]:
    """The files that `requirements` come to for an interpreter (a path, or for uv a version) at a place, by name.

    Raises DoctorError when they cannot be had, with what the installer said.
    """
    extra = (*(() if with_dependencies else ("--no-deps",)), *(("--only-binary", ":all:") if wheels_only else ()))
    ask = _with_uv if installer.kind == "uv" else _with_pip
    with planning(installer, doing) as variables:
        doing(RESOLVING.format(kind=installer.kind, count=len(requirements)))
        found = sorted(ask(installer, python, requirements, where, extra, variables), key=lambda one: one.name)
    doing(SIZES.format(count=len(found)))
    return _with_sizes(found)


def _with_uv(
    installer: Installer,
    python: str,
    requirements: Sequence[str],
    where: Where,
    extra: Sequence[str],
    variables: dict[str, str],
) -> Iterator[Download]:
    compiled = ("pip", "compile", "-", "--format", "pylock.toml", "--no-header", "--python", python)
    argv = (*installer.argv, *compiled, *where.arguments, *extra)
    wanted = "".join(f"{exact(line)}\n" for line in requirements)
    ended = run(argv, timeout_s=_DEADLINE_S, stdin=wanted, env=heeding_index(argv, variables))
    if not ended.ok:
        raise resolve_error(ended, requirements, where, installer)
    return _from_pylock(tomllib.loads(ended.stdout), where)


def _from_pylock(document: dict[str, Any], where: Where) -> Iterator[Download]:
    for package in document.get("packages", ()):
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        for file in files[:1]:
            digest = file.get("hashes", {}).get("sha256", "")
            url = file.get("url") or file.get("path", "")
            yield Download(package["name"], package["version"], url, digest, file.get("size"), where)


def _with_pip(
    installer: Installer,
    python: str,
    requirements: Sequence[str],
    where: Where,
    extra: Sequence[str],
    variables: dict[str, str],
) -> Iterator[Download]:
    options = ("install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-", *extra, *where.arguments)
    argv = (*installer.argv, "--python", python, *options, *map(exact, requirements))
    ended = run((*argv, *_IN_PARTS), timeout_s=_DEADLINE_S, env=variables)
    if not ended.ok and _IN_PARTS[-1] in ended.stderr:  # a pip that does not know the word
        ended = run(argv, timeout_s=_DEADLINE_S, env=variables)
    if not ended.ok:
        raise resolve_error(ended, requirements, where, installer)
    return _from_report(json.loads(ended.stdout), where)


def _from_report(report: dict[str, Any], where: Where) -> Iterator[Download]:
    for item in report["install"]:
        found, meta = item["download_info"], item["metadata"]
        digest = found.get("archive_info", {}).get("hashes", {}).get("sha256", "")
        yield Download(meta["name"].lower().replace("_", "-"), meta["version"], found["url"], digest, None, where)


def _with_sizes(downloads: Iterable[Download]) -> tuple[Download, ...]:
    """Where neither installer nor index tells a size, the server of the file does."""
    with transport.client(_HEAD_S) as client, ThreadPoolExecutor(_AT_ONCE) as pool:
        return tuple(pool.map(lambda one: one if one.size_bytes is not None else _sized(client, one), downloads))


def _sized(client: httpx2.Client, download: Download) -> Download:
    import httpx2

    try:
        return msgspec.structs.replace(download, size_bytes=_size(client, download.url))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError):
        return download  # it is only shown


def _size(client: httpx2.Client, url: str) -> int | None:
    parts = urlsplit(url)
    if parts.scheme in ("", "file"):
        return Path(url2pathname(parts.path)).stat().st_size
    length = client.head(url).headers.get("content-length", "")
    return int(length) if length.isdigit() else None

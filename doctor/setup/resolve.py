"""Requirements to the exact files, with hashes and sizes: asked of uv, or of pip. Nothing is installed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import url2pathname

import msgspec
from packaging.requirements import Requirement

from doctor.mirrors import transport
from doctor.model import Argv, DoctorError
from doctor.privacy import without_credentials
from doctor.process import ProcessResult, run, scratch
from doctor.process.threads import ThreadPool
from doctor.setup.elsewhere import Elsewhere
from doctor.setup.failure import resolve_error
from doctor.setup.model import Doing, Download, Where, exact, quietly
from doctor.setup.tools import Installer, heeding_index, planning
from doctor.text.addresses import parts_of
from doctor.text.documents import toml
from doctor.text.numbers import whole

if TYPE_CHECKING:
    import httpx2

_DEADLINE_S = 300.0
_HEAD_S = 10.0
_AT_ONCE = 8
# an index may not list what its wheels need: their ends tell it, else pip fetches them whole
_IN_PARTS = ("--use-feature", "fast-deps")
RESOLVING = "asking {kind} for the files of {count} packages and what they need"
SIZES = "asking for the sizes of {count} files"


class _Question(msgspec.Struct, frozen=True):
    """What an installer is asked. `others` stand as a project has them; `options` are the same words for uv and pip."""

    python: str
    requirements: Sequence[str]
    others: Sequence[str]
    where: Where
    options: Argv
    elsewhere: Elsewhere | None

    def place(self, installer: str) -> Argv:
        return self.where.beside_default(installer) if self.others else self.where.arguments(installer)

    def error(self, ended: ProcessResult, installer: Installer) -> DoctorError:
        """With `others`, it is they that are missing: the rest was found before."""
        where = Where() if self.others else self.where
        missing = tuple(map(without_credentials, self.others)) or self.requirements
        return resolve_error(ended, missing, where, installer)


def resolve(
    installer: Installer,
    python: str,
    requirements: Sequence[str],
    where: Where,
    *,
    others: Sequence[str] = (),
    elsewhere: Elsewhere | None = None,
    with_dependencies: bool = True,
    wheels_only: bool = True,
    doing: Doing = quietly,
) -> tuple[Download, ...]:
    """The files that `requirements` come to for an interpreter (a path, or for uv a version) at a place, by name.

    With `others`, which the default index has, both are asked. Raises DoctorError when they cannot be had, with what
    the installer said.
    """
    binary = [Requirement(line).name for line in requirements] if others else [":all:"]
    only = [word for name in binary for word in ("--only-binary", name)] if wheels_only else []
    options = (*(() if with_dependencies else ("--no-deps",)), *only)
    question = _Question(python, requirements, others, where, options, elsewhere)
    ask = _with_uv if installer.kind == "uv" else _with_pip
    with planning(installer, doing) as variables:
        doing(RESOLVING.format(kind=installer.kind, count=len(requirements) + len(others)))
        found = sorted(ask(installer, question, variables), key=lambda one: one.name)
    doing(SIZES.format(count=len(found)))
    return _with_sizes(found)


def _with_uv(installer: Installer, asked: _Question, variables: dict[str, str]) -> Iterator[Download]:
    argv = (*installer.argv, "pip", "compile", "-", "--format", "pylock.toml", "--no-header", "--python", asked.python)
    aim = asked.elsewhere.words if asked.elsewhere else ()
    known = variables | (asked.elsewhere.variables if asked.elsewhere else {})
    wanted = "".join(f"{line}\n" for line in (*map(exact, asked.requirements), *asked.others))
    argv = (*argv, *aim, *asked.place("uv"), *asked.options)
    ended = run(argv, timeout_s=_DEADLINE_S, stdin=wanted, env=heeding_index(argv, known), cwd=None)
    if not ended.ok:
        raise asked.error(ended, installer)
    return _from_pylock(toml(ended.stdout), asked.where)


def _from_pylock(document: dict[str, Any], where: Where) -> Iterator[Download]:
    for package in document.get("packages", ()):
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        for file in files[:1]:
            digest = file.get("hashes", {}).get("sha256", "")
            url = file.get("url") or file.get("path", "")
            yield Download(package["name"], package["version"], url, digest, file.get("size"), where)


def _with_pip(installer: Installer, asked: _Question, variables: dict[str, str]) -> Iterator[Download]:
    """What contradicts what, pip tells only when it is not --quiet."""
    with scratch.folder() as folder:
        report = Path(folder) / "report.json"
        options = ("install", "--dry-run", "--ignore-installed", "--report", str(report), *asked.options)
        wanted = (*map(exact, asked.requirements), *asked.others)
        argv = (*installer.argv, "--python", asked.python, *options, *asked.place("pip"), *wanted)
        variables = {**variables, **scratch.variables(folder)}
        ended = run((*argv, *_IN_PARTS), timeout_s=_DEADLINE_S, env=variables)
        if not ended.ok and _IN_PARTS[-1] in ended.stderr:  # a pip that does not know the word
            ended = run(argv, timeout_s=_DEADLINE_S, env=variables)
        if not ended.ok:
            raise asked.error(ended, installer)
        return _from_report(json.loads(report.read_text(encoding="utf-8")), asked.where)


def _from_report(report: dict[str, Any], where: Where) -> Iterator[Download]:
    for item in report["install"]:
        found, meta = item["download_info"], item["metadata"]
        digest = found.get("archive_info", {}).get("hashes", {}).get("sha256", "")
        yield Download(meta["name"].lower().replace("_", "-"), meta["version"], found["url"], digest, None, where)


def _with_sizes(downloads: Iterable[Download]) -> tuple[Download, ...]:
    """Where neither installer nor index tells a size, the server of the file does."""
    with transport.client(_HEAD_S) as client, ThreadPool(_AT_ONCE) as pool:
        return tuple(pool.map(lambda one: one if one.size_bytes is not None else _sized(client, one), downloads))


def _sized(client: httpx2.Client, download: Download) -> Download:
    import httpx2

    try:
        return msgspec.structs.replace(download, size_bytes=_size(client, download.url))
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError):
        return download  # it is only shown


def _size(client: httpx2.Client, url: str) -> int | None:
    parts = parts_of(url)
    if parts.scheme in ("", "file"):
        return Path(url2pathname(parts.path)).stat().st_size
    length = client.head(url).headers.get("content-length", "")
    return whole(length)

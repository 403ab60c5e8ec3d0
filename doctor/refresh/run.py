"""`match --refresh`: what is new on the index that the target's pip uses; kept when told to, and taken back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Generator
from pathlib import Path

import httpx2
import msgspec

from doctor import target
from doctor.catalog import Release, Version, refreshed
from doctor.catalog.refreshed import Refreshed
from doctor.files.journal import Change, Journal
from doctor.mirrors import settings as user
from doctor.mirrors.settings import ClientSettings
from doctor.model import PROGRAM, DoctorError
from doctor.privacy import without_credentials
from doctor.refresh.compare import Row, take_builds
from doctor.refresh.compare import refreshed as compared
from doctor.refresh.index import Index
from doctor.refresh.news import arch_rows, news

Say = Callable[[str], None]
READING = "torch-doctor: reading {index}"
WITHOUT = "torch-doctor: builds of the PyTorch index are left out: {context}"
WHY = "match --refresh: releases of {index}"
_TIMEOUT_S = 60.0


def folder() -> Path:
    import platformdirs

    return platformdirs.user_data_path(PROGRAM, appauthor=False)


def overlay() -> Path:
    return folder() / refreshed.NAME


def journal() -> Journal:
    return Journal(folder() / "refreshes")


def look(python: str | None, index_url: str, wheels: str, say: Say) -> Refreshed:
    """What is new on the index of the target's pip and on that of PyTorch, or on the one that is named.

    Raises DoctorError when the index cannot be read; without PyTorch's own, what PyPI has is news enough.
    """
    settings = user.read(target.find(python, here=False))
    index = index_url or settings.index_url
    if not index:
        problem = "; ".join(settings.problems) or "pip is told to use no index"
        raise DoctorError("refresh-pip", "no index is known to read", problem, "name one with --index-url")
    before: Row = json.loads(refreshed.SHIPPED.read_bytes())
    with _client(settings) as client:
        say(READING.format(index=without_credentials(index)))
        after = compared(before, Index(index, client), without=say)
    if not index_url:
        after = _with_builds(after, wheels, settings, say)
    now = in_use()
    rows = _merged(now.releases if now else (), news(before, after))
    return Refreshed(
        as_of=datetime.datetime.now(datetime.UTC).date().isoformat(),
        index=without_credentials(index),
        base=refreshed.shipped(),
        releases=rows,
        arch=arch_rows(rows),
    )


def _merged(now: tuple[Release, ...], found: tuple[Release, ...]) -> tuple[Release, ...]:
    """What another index had stays."""
    rows = {row.torch: row for row in (*now, *found)}
    return tuple(sorted(rows.values(), key=lambda row: Version.of(row.torch)))


def _with_builds(after: Row, wheels: str, settings: ClientSettings, say: Say) -> Row:
    say(READING.format(index=without_credentials(wheels)))
    try:
        with _client(settings) as client:
            return take_builds(after, Index(wheels, client))
    except DoctorError as error:
        say(WITHOUT.format(context=error.context))
        return after


def _client(settings: ClientSettings) -> httpx2.Client:
    """With the user's proxy, certificates and logins, as pip has them."""
    return httpx2.Client(
        timeout=_TIMEOUT_S,
        follow_redirects=True,
        verify=settings.context(),
        proxy=settings.proxy or None,
        trust_env=not settings.proxy,
        auth=_Logins(settings),
        headers={"User-Agent": settings.user_agent("pip")},
    )


class _Logins(httpx2.Auth):
    """To each host its own login: the one in the address, or that of netrc."""

    def __init__(self, settings: ClientSettings) -> None:
        self.settings = settings

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        url = request.url
        login = (url.username, url.password) if url.username else self.settings.login(str(url))
        if login:
            yield from httpx2.BasicAuth(*login).auth_flow(request)
        else:
            yield request


def in_use() -> Refreshed | None:
    return refreshed.read().found


def is_news(found: Refreshed) -> bool:
    """Whether it says more than what is in use."""
    now = in_use() or msgspec.structs.replace(found, releases=(), arch=())
    return (now.releases, now.arch) != (found.releases, found.arch)


def keep(found: Refreshed) -> Change | None:
    return journal().write(overlay(), refreshed.encoded(found), WHY.format(index=found.index))


def undo() -> tuple[Change, ...]:
    """Take the last refresh back. Raises DoctorError when there is none."""
    if not journal().changes():
        raise DoctorError("refresh-undo", "there is no refresh to take back", str(overlay()), "")
    return journal().undo("last")

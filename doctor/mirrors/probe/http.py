"""Requests with bounds: by hand through redirects, few at a time a host, every failure with its reason."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping

import httpx2
import msgspec

from doctor.mirrors.model import Limits, MirrorVerdict, Problem
from doctor.mirrors.settings import ClientSettings
from doctor.mirrors.transport import options, proxy_between
from doctor.privacy import redact

CHUNK = 65536
MAX_HOPS = 8
_CONNECT_S = 4.0
_CERTIFICATES = {
    10: "its certificate has expired",
    9: "its certificate is not valid yet (is the clock right?)",
    62: "its certificate is for another host",
    64: "its certificate is for another address",
}
_UNKNOWN = "its certificate is signed by an authority that is not trusted here (an intercepting proxy, a missing CA)"


class ProbeFault(Exception):
    """A check that failed, as the verdict it leads to."""

    def __init__(self, verdict: MirrorVerdict, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(verdict, reason)
        self.hops: tuple[str, ...] = ()  # addresses that redirected before it
        self.host = ""  # the last one that was asked: "host:port"


class Response(msgspec.Struct):
    """The head of an answer, after redirects, and a way to its body. `first_byte_s` counts from the first request."""

    status: int
    headers: Mapping[str, str]
    url: str
    hops: tuple[str, ...]
    first_byte_s: float
    response: httpx2.Response

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def type(self) -> str:
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    async def chunks(self, *, raw: bool = False) -> AsyncIterator[bytes]:
        """The body in pieces; `raw` leaves a transfer's compression alone."""
        body = self.response.aiter_raw() if raw else self.response.aiter_bytes()
        async for chunk in body:
            yield chunk

    async def text(self, limit: int) -> bytes:
        """At most so many bytes of the body."""
        parts, size = [], 0
        async for chunk in self.chunks():
            parts.append(chunk)
            size += len(chunk)
            if size >= limit:
                break
        return b"".join(parts)[:limit]


class Session:
    """The connections of one run. `received` counts the bytes of all bodies."""

    def __init__(self, settings: ClientSettings, limits: Limits) -> None:
        self.settings = settings
        self.limits = limits
        self.deadline = time.monotonic() + limits.timeout_s
        self.received = 0
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))
        self.samples = asyncio.Semaphore(limits.samples_at_once)
        self.samples_waiting = 0
        self._client = _client(settings, limits)

    @property
    def remaining_s(self) -> float:
        return self.deadline - time.monotonic()

    async def close(self) -> None:
        await self._client.aclose()

    @contextlib.asynccontextmanager
    async def get(self, url: str, client: str, headers: Mapping[str, str] | None = None) -> AsyncIterator[Response]:
        """A GET as this client would send it. Raises ProbeFault for everything that keeps an answer away."""
        begin = time.monotonic()
        hops: list[str] = []
        try:
            while True:
                async with self._request(url, client, headers or {}) as response:
                    target = _redirects_to(response)
                    if not target:
                        waited = time.monotonic() - begin
                        yield Response(response.status_code, response.headers, url, tuple(hops), waited, response)
                        return
                hops.append(url)
                url = target
                _check_hops(url, hops)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError, ProbeFault) as error:
            found = error if isinstance(error, ProbeFault) else fault_of(error, url, proxy_between(url, self.settings))
            found.hops, found.host = found.hops or tuple(hops), found.host or host_of(url)
            raise found from error

    @contextlib.asynccontextmanager
    async def _request(self, url: str, client: str, headers: Mapping[str, str]) -> AsyncIterator[httpx2.Response]:
        sent = {"User-Agent": self.settings.user_agent(client), **headers}
        login = self.settings.login(url)
        auth = httpx2.BasicAuth(*login) if login else None
        async with self._host_limit(url), self._client.stream("GET", url, headers=sent, auth=auth) as response:
            yield response

    def _host_limit(self, url: str) -> contextlib.AbstractAsyncContextManager[None]:
        """A few requests a host at a time; this machine's own servers need no such care."""
        host = host_of(url)
        own = host.startswith(("127.", "localhost:", "::1"))
        return contextlib.nullcontext() if own else self._hosts[host]


def _redirects_to(response: httpx2.Response) -> str:
    if response.status_code not in (301, 302, 303, 307, 308) or "location" not in response.headers:
        return ""
    return str(response.url.join(response.headers["location"]))


def _check_hops(url: str, hops: list[str]) -> None:
    if url in hops:
        raise ProbeFault(MirrorVerdict.UNREACHABLE, f"redirects in a loop ({len(hops)} hops)")
    if len(hops) > MAX_HOPS:
        raise ProbeFault(MirrorVerdict.UNREACHABLE, f"redirects endlessly ({len(hops)} hops)")


def _client(settings: ClientSettings, limits: Limits) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        **options(settings),
        timeout=httpx2.Timeout(limits.timeout_s, connect=min(_CONNECT_S, limits.timeout_s)),
        limits=httpx2.Limits(max_connections=limits.sockets, max_keepalive_connections=limits.sockets // 2),
        headers={"Accept-Encoding": "gzip, deflate"},
    )


def host_of(url: str) -> str:
    """ "host:port", with the port the scheme stands for."""
    parsed = httpx2.URL(url)
    return f"{parsed.host}:{parsed.port or {'http': 80}.get(parsed.scheme, 443)}"


def fault_of(error: Exception, url: str = "", proxy: str = "") -> ProbeFault:
    """What an error of the transport means; what goes wrong before an answer is the proxy's where there is one."""
    if isinstance(error, httpx2.InvalidURL | UnicodeError):
        return ProbeFault(MirrorVerdict.UNREACHABLE, f"not a valid address: {error}")
    by = f"the proxy {proxy} " if proxy else ""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ProbeFault(MirrorVerdict.UNREACHABLE, _CERTIFICATES.get(cause.verify_code, _UNKNOWN))
        if isinstance(cause, socket.gaierror):
            host = f"the proxy {proxy}" if proxy else httpx2.URL(url).host or "the host"
            return ProbeFault(MirrorVerdict.UNREACHABLE, f"no address for {host} (DNS)")
        if isinstance(cause, ConnectionRefusedError) or getattr(cause, "errno", 0) == errno.ECONNREFUSED:
            return ProbeFault(MirrorVerdict.UNREACHABLE, f"{by}refuses the connection")
        if isinstance(cause, ssl.SSLError):
            return ProbeFault(MirrorVerdict.UNREACHABLE, f"TLS failed: {cause.reason or cause}")
    return _fault_without_cause(error, by)


def _fault_without_cause(error: Exception, by: str) -> ProbeFault:
    if isinstance(error, httpx2.ProxyError):
        return ProbeFault(MirrorVerdict.UNREACHABLE, f"{by or 'the proxy '}refuses: {redact(str(error))}")
    if isinstance(error, httpx2.ConnectTimeout):
        return ProbeFault(MirrorVerdict.UNREACHABLE, f"no connection in time{f' ({by.strip()})' if by else ''}")
    if isinstance(error, httpx2.TimeoutException):
        return ProbeFault(MirrorVerdict.UNREACHABLE, "no answer in time")
    if isinstance(error, httpx2.RemoteProtocolError):
        return _shortened_fault(error)
    return ProbeFault(MirrorVerdict.UNREACHABLE, str(error) or type(error).__name__)


def _shortened_fault(error: httpx2.RemoteProtocolError) -> ProbeFault:
    if "complete message body" in str(error) or "incomplete chunked" in str(error):
        return ProbeFault(MirrorVerdict.INCOMPLETE, "the connection ends before the answer does: its body is cut short")
    return ProbeFault(MirrorVerdict.UNREACHABLE, f"drops the connection ({error})")


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found

"""Loopback package sources with real TLS, sound ones and ones with every fault that is known of mirrors."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import io
import json
import random
import ssl
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from tests.surroundings import WINE, not_brought

TAG = "cp312-cp312-manylinux_2_28_x86_64"
VERSIONS = ("2.9.0", "2.10.0", "2.11.0", "2.12.0", "2.13.0")
JSON = "application/vnd.pypi.simple.v1+json"


def wheel(version: str, size: int, name: str = "torch") -> bytes:
    """A real wheel of about this size, the same bytes for the same version."""
    buffer, info = io.BytesIO(), f"{name}-{version}.dist-info"
    texts = {
        f"{name}/__init__.py": f"__version__ = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in texts.items():
            archive.writestr(zipfile.ZipInfo(path), text)
        archive.writestr(zipfile.ZipInfo(f"{name}/data.bin"), random.Random(version).randbytes(size))
        record = "".join(f"{path},,\n" for path in [*texts, f"{name}/data.bin", f"{info}/RECORD"])
        archive.writestr(zipfile.ZipInfo(f"{info}/RECORD"), record)
    return buffer.getvalue()


@dataclass
class Store:
    """The wheels behind an index; `project` "torch" unless a test needs another."""

    size: int = 300_000
    versions: tuple[str, ...] = VERSIONS
    tag: str = TAG
    project: str = "torch"
    wheels: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for version in self.versions:
            self.wheels[f"{self.project}-{version}-{self.tag}.whl"] = wheel(version, self.size, self.project)

    def page(self, base: str = "../../files/") -> bytes:
        rows = [
            {
                "filename": name,
                "url": base + name,
                "hashes": {"sha256": hashlib.sha256(body).hexdigest()},
                "size": len(body),
                "upload-time": f"2026-{n + 1:02d}-01T00:00:00.000000Z",
                "yanked": False,
            }
            for n, (name, body) in enumerate(self.wheels.items())
        ]
        meta = {"api-version": "1.1", "_last-serial": "1000"}
        return json.dumps({"meta": meta, "name": self.project, "files": rows}).encode()

    def html(self, base: str = "../../files/") -> bytes:
        links = "".join(
            f'<a href="{base}{name}#sha256={hashlib.sha256(body).hexdigest()}">{name}</a><br/>\n'
            for name, body in self.wheels.items()
        )
        head = f"<title>Links for {self.project}</title></head><body><h1>Links for {self.project}</h1>"
        return f"<!DOCTYPE html><html><head>{head}\n{links}</body></html>".encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Mirror

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("User-Agent", "")))
        with contextlib.suppress(OSError, ssl.SSLError):
            self.server.behave(self)

    do_HEAD = do_GET

    def reply(self, status: int, body: bytes = b"", kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.trickle(body)

    def trickle(self, body: bytes) -> None:
        """At the server's rate, after a wait of up to its jitter."""
        mirror = self.server
        if mirror.jitter_s:
            time.sleep(random.random() * mirror.jitter_s)
        if not mirror.bytes_per_s:
            self.wfile.write(body)
            return
        piece = max(256, min(65536, mirror.bytes_per_s // 50))
        begin, sent = time.monotonic(), 0
        while sent < len(body):
            self.wfile.write(body[sent : sent + piece])
            sent += piece
            wait = begin + sent / mirror.bytes_per_s - time.monotonic() + random.random() * mirror.jitter_s / 10
            if wait > 0:
                time.sleep(wait)

    def file(self, body: bytes) -> None:
        """With ranges, as the servers of mirrors do it."""
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes=0-"):
            part = body[: int(asked.removeprefix("bytes=0-") or len(body) - 1) + 1]
            shown = f"bytes 0-{len(part) - 1}/{len(body)}"
            self.reply(206, part, "application/octet-stream", Content_Range=shown)
        else:
            self.reply(200, body, "application/octet-stream")

    def log_message(self, *_: object) -> None:
        """Quiet."""


Behave = Callable[[Handler], None]


class Mirror(http.server.ThreadingHTTPServer):
    """One source on a port of its own."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, behave: Behave, context: ssl.SSLContext | None, *, bytes_per_s: int = 0, jitter_s: float = 0):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave, self.bytes_per_s, self.jitter_s = behave, bytes_per_s, jitter_s
        self.asked: list[tuple[str, str]] = []
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.server_port}/simple"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or does not trust us, is part of the tests."""


def sound(store: Store) -> Behave:
    """A mirror as it should be."""

    def behave(handler: Handler) -> None:
        if handler.path.rstrip("/") == f"/simple/{store.project}":
            handler.reply(200, store.page(), JSON, X_PyPI_Last_Serial="1000")
        elif handler.path.startswith("/files/"):
            body = store.wheels.get(handler.path.rpartition("/")[2])
            handler.file(body) if body else handler.reply(404)
        else:
            handler.reply(404)

    return behave


class Loopback:
    """Starts mirrors for a test, and knows the certificate authority they are signed by."""

    def __init__(self, folder: Path) -> None:
        if WINE:
            not_brought("Wine checks no certificates against a bundle of one's own")
        self.authority = trustme.CA()
        self.bundle = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(self.bundle))
        self._mirrors: list[Mirror] = []

    def context(self, certificate: trustme.LeafCert | None = None) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (certificate or self.authority.issue_cert("127.0.0.1", "localhost")).configure_cert(context)
        return context

    def start(
        self, behave: Behave, *, context: ssl.SSLContext | None = None, plain: bool = False, **how: float
    ) -> Mirror:
        mirror = Mirror(behave, None if plain else context or self.context(), **how)  # type: ignore[arg-type]
        self._mirrors.append(mirror)
        return mirror

    def close(self) -> None:
        for mirror in self._mirrors:
            mirror.shutdown()
            mirror.server_close()


@contextlib.contextmanager
def loopback(folder: Path) -> Iterator[Loopback]:
    started = Loopback(folder)
    try:
        yield started
    finally:
        started.close()

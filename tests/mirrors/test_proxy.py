"""Through a proxy that passes connections on, as companies have them."""

from __future__ import annotations

import contextlib
import http.server
import select
import socket
import threading
from collections.abc import Iterator

import msgspec
import pytest

from doctor.mirrors.model import Limits, MirrorVerdict
from doctor.mirrors.probe import probe_all
from doctor.mirrors.settings import ClientSettings
from doctor.mirrors.verdict import judge_all
from tests.mirrors.conftest import NOW, WANTED, Judge, candidate
from tests.mirrors.servers import Loopback, Store, sound


class Proxy(http.server.BaseHTTPRequestHandler):
    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as there:
            self.send_response(200)
            self.end_headers()
            pair = {self.connection: there, there: self.connection}
            while ready := select.select(list(pair), [], [], 10)[0]:
                for side in ready:
                    data = side.recv(65536)
                    if not data:
                        return
                    pair[side].sendall(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextlib.contextmanager
def proxy() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("by", ["pip", "environment"])
def test_a_mirror_behind_a_proxy(mirrors: Loopback, judge: Judge, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    mirror = mirrors.start(sound(Store()))
    with proxy() as server:
        address = f"http://127.0.0.1:{server.server_port}"
        settings = judge.settings
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        if by == "pip":
            settings = msgspec.structs.replace(settings, proxy=address)
        else:
            monkeypatch.setenv("HTTPS_PROXY", address)
        seen = probe_all([candidate("mirror", mirror)], settings, WANTED, Limits(timeout_s=5))
        (row,) = judge_all(seen, NOW)
        assert row.verdict is MirrorVerdict.OK
        assert f"127.0.0.1:{mirror.server_port}" in server.asked  # type: ignore[attr-defined]


def test_a_proxy_that_is_not_there(mirrors: Loopback) -> None:
    settings = ClientSettings(certificates=(str(mirrors.bundle),), proxy="http://127.0.0.1:9")
    seen = probe_all([candidate("mirror", mirrors.start(sound(Store())))], settings, WANTED, Limits(timeout_s=5))
    assert seen[0].problem is not None
    assert seen[0].problem.verdict is MirrorVerdict.UNREACHABLE


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:9", "ftp://127.0.0.1:9"])
def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", address)
    seen = probe_all(
        [candidate("mirror", "https://mirror.invalid/simple")], ClientSettings(), WANTED, Limits(timeout_s=2)
    )
    assert seen[0].problem is not None
    assert seen[0].problem.verdict is MirrorVerdict.UNREACHABLE

"""A loopback HTTP server that serves one file with the faults of real mirrors, a fault a path."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FaultServer(ThreadingHTTPServer):
    """`asked` is what was asked for: path and first byte. `closing` ends the slow answers."""

    daemon_threads = True

    def __init__(self, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body = body
        self.asked: list[tuple[str, int]] = []
        self.closing = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def starts(self, path: str) -> list[int]:
        return [start for asked, start in self.asked if asked == path]


class Handler(BaseHTTPRequestHandler):
    server: FaultServer

    def do_GET(self) -> None:
        wanted = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(wanted[1]) if wanted else 0
        self.server.asked.append((self.path, start))
        getattr(self, self.path.strip("/").replace("-", "_"))(start)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def good(self, start: int) -> None:
        self._head(start)
        self.wfile.write(self.server.body[start:])

    def cut(self, start: int) -> None:
        """Half of what is left, again and again, until little is left."""
        rest = self.server.body[start:]
        self._head(start)
        self.wfile.write(rest if len(rest) < 60_000 else rest[: len(rest) // 2])
        self.close_connection = True

    def cut_without_ranges(self, start: int) -> None:
        """Broken once; then all of it from the beginning, whatever range is asked for."""
        self._head(0)
        whole = len(self.server.starts(self.path)) > 1
        self.wfile.write(self.server.body if whole else self.server.body[:100_000])
        self.close_connection = True

    def wrong(self, start: int) -> None:
        self._head(start)
        self.wfile.write(bytes(len(self.server.body) - start))

    def page(self, _start: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "17")
        self.end_headers()
        self.wfile.write(b"<html>sorry</html>"[:17])

    def forbidden(self, _start: int) -> None:
        self.send_error(403)

    def gone(self, _start: int) -> None:
        self.send_error(404)

    def slow(self, start: int) -> None:
        """60 kB/s."""
        self._head(start)
        for begin in range(start, len(self.server.body), 3000):
            if self.server.closing.wait(0.05):
                return
            try:
                self.wfile.write(self.server.body[begin : begin + 3000])
            except OSError:  # the client has left
                return

    def silent(self, start: int) -> None:
        self._head(start)
        self.server.closing.wait(30)

    def _head(self, start: int) -> None:
        length = len(self.server.body)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{length - 1}/{length}")
        self.send_header("Content-Length", str(length - start))
        self.end_headers()


@contextmanager
def serving(body: bytes) -> Iterator[FaultServer]:
    with FaultServer(body) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()

"""The room that files take unpacked, read off their ends over a loopback server with and without ranges."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doctor.setup import room
from doctor.setup.model import Download
from tests.setup.wheel_index import wheel

BODY = wheel("torch", "1.0", size=3_000_000)


@contextmanager
def server(ranges: bool) -> Iterator[tuple[str, list[int]]]:
    """The URL of the wheel, and how many bytes went out with each answer."""
    sent: list[int] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            first, last = self.headers["Range"].removeprefix("bytes=").split("-")
            part = BODY[int(first) : int(last) + 1] if ranges else BODY
            sent.append(len(part))
            self.send_response(206 if ranges else 200)
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/torch-1.0-py3-none-any.whl", sent
        running.shutdown()


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_LARGE", 1000)
    monkeypatch.setattr(room, "_BUFFER", 256)


def test_the_directory_of_a_wheel_tells_it_and_no_more_is_fetched() -> None:
    with server(ranges=True) as (url, sent):
        found = room.unpacked_bytes([Download("torch", "1.0", url, "", len(BODY))])
    assert found is not None and 3_000_000 < found < 3_001_000
    assert sum(sent) < len(BODY)


def test_a_wheel_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "torch 1.0.whl").write_bytes(BODY)
    found = room.unpacked_bytes([Download("torch", "1.0", (tmp_path / "torch 1.0.whl").as_uri(), "", len(BODY))])
    assert found is not None and 3_000_000 < found < 3_001_000


def test_a_server_without_ranges_leaves_it_open() -> None:
    with server(ranges=False) as (url, _):
        assert room.unpacked_bytes([Download("torch", "1.0", url, "", len(BODY))]) is None


def test_small_files_are_reckoned_and_unknown_sizes_leave_it_open() -> None:
    small = Download("six", "1.0", "https://files.example.com/six.whl", "", 100)
    assert room.unpacked_bytes([small]) == 300
    assert room.unpacked_bytes([small, Download("x", "1", "https://files.example.com/x.whl", "")]) is None

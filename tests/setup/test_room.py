"""The room that files take unpacked, read off their ends over a loopback server with and without ranges."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doctor.model import DoctorError
from doctor.probes import _windows
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
        found = room.unpacked([Download("torch", "1.0", url, "", len(BODY))])
    assert found is not None and 3_000_000 < found.size < 3_001_000
    assert found.longest == max(len(name) for name in zipfile.ZipFile(io.BytesIO(BODY)).namelist())
    assert sum(sent) < len(BODY)


def test_a_wheel_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "torch 1.0.whl").write_bytes(BODY)
    found = room.unpacked([Download("torch", "1.0", (tmp_path / "torch 1.0.whl").as_uri(), "", len(BODY))])
    assert found is not None and 3_000_000 < found.size < 3_001_000


def test_a_server_without_ranges_leaves_it_open() -> None:
    with server(ranges=False) as (url, _):
        assert room.unpacked([Download("torch", "1.0", url, "", len(BODY))]) is None


def test_small_files_are_reckoned_and_unknown_sizes_leave_it_open() -> None:
    small = Download("six", "1.0", "https://files.example.com/six.whl", "", 100)
    assert room.unpacked([small]) == (300, 0)
    assert room.unpacked([small, Download("x", "1", "https://files.example.com/x.whl", "")]) is None


@pytest.fixture
def short_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_windows, "key_values", {_windows.FILE_SYSTEM: {"LongPathsEnabled": 0}}.__getitem__)


def env(length: int) -> Path:
    return Path("C:\\" + "e" * (length - 3))


def test_pip_is_refused_a_folder_that_makes_paths_too_long_and_uv_is_noted(short_paths: None) -> None:
    read = room.Unpacked(5_000_000_000, 126)  # 114 + \Lib\site-packages\ + 126 are the 259 that Windows allows
    assert room.check_lengths(env(114), "2.15.0", read, by_pip=True) == ""
    with pytest.raises(DoctorError, match="too long") as refused:
        room.check_lengths(env(115), "2.15.0", read, by_pip=True)
    assert refused.value.hint.startswith("choose another --env with at most 114,")
    assert "259" in room.check_lengths(env(115), "2.15.0", read, by_pip=False)


def test_where_the_wheel_could_not_be_looked_into_the_catalog_tells(short_paths: None) -> None:
    assert room.check_lengths(env(73), "2.13.0", None, by_pip=True) == ""
    with pytest.raises(DoctorError, match="too long"):
        room.check_lengths(env(74), "2.13.0", None, by_pip=True)


@pytest.mark.parametrize("values", [{"LongPathsEnabled": 1}, {}])
def test_long_paths_that_are_allowed_or_not_known_are_left_alone(monkeypatch: pytest.MonkeyPatch, values) -> None:
    monkeypatch.setattr(_windows, "key_values", lambda _: values)
    assert room.check_lengths(env(200), "2.15.0", None, by_pip=True) == ""

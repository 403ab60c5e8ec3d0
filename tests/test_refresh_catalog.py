"""`scripts/refresh_catalog.py` against an index on the loopback interface that serves wheels made here."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
sys.path.insert(0, str(SCRIPTS))

import refresh_catalog  # noqa: E402 - the folder was just put on the path
from wheel_index import JSON, Index  # noqa: E402

from doctor.model import DoctorError  # noqa: E402

CATALOG = SCRIPTS.parent / "doctor" / "catalog" / "releases.json"
DAY = "2027-01-20T10:00:00Z"


def wheel(name: str, version: str, requires: tuple[str, ...] = ()) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("padding.bin", b"\0" * 200_000)
        lines = [
            "Metadata-Version: 2.1",
            f"Name: {name}",
            f"Version: {version}",
            *(f"Requires-Dist: {r}" for r in requires),
        ]
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n")
    return data.getvalue()


CUDA = ('nvidia-cuda-runtime-cu12==12.6.77; platform_system == "Linux"', "sympy")
TOOLKIT = ('cuda-toolkit[cudart]==13.4.1; platform_system == "Linux"',)
FILES: dict[str, bytes] = {
    "torch-2.16.0-cp312-cp312-manylinux_2_28_x86_64.whl": wheel("torch", "2.16.0", TOOLKIT),
    "torch-2.16.0-cp313-cp313t-manylinux_2_28_x86_64.whl": wheel("torch", "2.16.0", TOOLKIT),
    "torch-2.16.0-cp312-cp312-win_amd64.whl": wheel("torch", "2.16.0"),
    "torch-2.16.0-cp312-none-macosx_14_0_arm64.whl": wheel("torch", "2.16.0"),
    "torch-2.16.0-cp313-none-macosx_15_0_arm64.whl": wheel("torch", "2.16.0"),
    "torch-2.16.0+cu134-cp312-cp312-manylinux_2_28_x86_64.whl": wheel("torch", "2.16.0+cu134"),
    "torch-2.16.0rc1-cp312-cp312-win_amd64.whl": wheel("torch", "2.16.0rc1"),
    "torch-2.16.0.tar.gz": b"no wheel",
    "torchvision-0.31.0-cp312-cp312-win_amd64.whl": wheel("torchvision", "0.31.0", ("torch==2.16.0",)),
    "torchaudio-0.1.0-cp312-cp312-win_amd64.whl": wheel("torchaudio", "0.1.0"),
}


class Pages(BaseHTTPRequestHandler):
    """A simple index with range requests. `answer` of the server replaces a project's page."""

    def do_GET(self) -> None:
        name = self.path.strip("/").rpartition("/")[2].replace("%2B", "+")
        if name in FILES:
            self._file(FILES[name])
        else:
            status, kind, body = self.server.page(name)  # type: ignore[attr-defined]
            self._send(status, kind, body)

    def _file(self, data: bytes) -> None:
        first, _, last = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
        if not first:
            self._send(200, "application/octet-stream", data)
            return
        part = data[int(first) : int(last) + 1]
        self._send(206, "application/octet-stream", part, f"bytes {first}-{last}/{len(data)}")

    def _send(self, status: int, kind: str, body: bytes, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Quiet."""


Page = Callable[[str], tuple[int, str, bytes]]


def json_page(project: str) -> tuple[int, str, bytes]:
    files = [
        {
            "filename": name,
            "url": f"../files/{name.replace('+', '%2B')}",
            "upload-time": DAY,
            "requires-python": ">=3.12",
        }
        for name in FILES
        if name.startswith(project + "-")
    ]
    return 200, JSON, json.dumps({"meta": {"api-version": "1.1"}, "name": project, "files": files}).encode()


def html_page(project: str) -> tuple[int, str, bytes]:
    links = [
        f'<a href="/files/{name.replace("+", "%2B")}#sha256=0" data-requires-python="&gt;=3.12">{name}</a>'
        for name in FILES
        if name.startswith(project + "-")
    ]
    return 200, "text/html; charset=utf-8", "<br>".join(links).encode()


@contextlib.contextmanager
def serving(page: Page) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.page = page  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "releases.json"
    path.write_bytes(CATALOG.read_bytes())
    return path


def run(url: str, copy: Path, *more: str) -> int:
    return refresh_catalog.main(["--index-url", url, "--catalog", str(copy), *more])


def new_row(copy: Path) -> dict[str, Any]:
    rows = json.loads(copy.read_text())["releases"]
    return next(row for row in rows if row["torch"] == "2.16.0")


@pytest.mark.parametrize("page", [json_page, html_page])
def test_a_new_release_is_shown_and_only_written_when_told(
    page: Page, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(page) as url:
        assert run(url, copy) == 1
        assert "index: torch 2.16.0" in capsys.readouterr().out
        assert copy.read_bytes() == CATALOG.read_bytes()
        assert run(url, copy, "--write") == 0
        assert run(url, copy) == 0
    row = new_row(copy)
    wheels = {entry["platform"]: entry for entry in row["wheels"]}
    assert wheels["linux-x86_64"]["python"] == ["cp312", "cp313t"]
    assert (wheels["linux-x86_64"]["pypi"], wheels["linux-x86_64"]["glibc"]) == ("cu134", "2.28")
    assert wheels["windows-x86_64"]["pypi"] == "cpu"
    assert wheels["macos-arm64"]["macos"] == "14.0"
    assert wheels["macos-arm64"]["macos_by_python"] == {"cp313": "15.0"}
    assert row["builds"][0]["build"] == "cu134"
    assert row["torchvision"]["version"] == "0.31.0"
    assert row["requires_python"] == ">=3.12"


def test_upload_days_come_from_the_json_page(copy: Path) -> None:
    with serving(json_page) as url:
        run(url, copy, "--write")
    assert new_row(copy)["date"] == "2027-01-20"


def test_what_is_written_is_a_catalog_and_keeps_its_form(copy: Path) -> None:
    import msgspec

    from doctor.catalog.data_files import ReleaseFile

    before = CATALOG.read_text().splitlines()
    with serving(json_page) as url:
        run(url, copy, "--write")
    read = msgspec.json.decode(copy.read_bytes(), type=ReleaseFile)
    assert read.releases[-1].torch == "2.16.0"
    after = copy.read_text().splitlines()
    assert len(after) == len(before) + 1  # a row a line: one new one
    assert len(set(before) - set(after)) <= 3  # the source's day, the last row's comma


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (lambda project: (404, "text/html", b"gone"), "HTTP 404"),
        (lambda project: (403, "text/html", b"forbidden"), "HTTP 403"),
        (lambda project: (200, "text/html", b"<h1>Please log in</h1>"), "no wheel"),
        (lambda project: (200, JSON, b"{}"), "KeyError"),
        (lambda project: (200, JSON, b'{"files": ['), "JSONDecodeError"),
        (lambda project: (200, "application/pdf", b"%PDF"), "application/pdf"),
    ],
)
def test_an_index_that_is_none_is_refused(
    page: Page, words: str, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(page) as url:
        assert run(url, copy, "--write") == 2
    assert words in capsys.readouterr().err
    assert copy.read_bytes() == CATALOG.read_bytes()


def test_an_index_out_of_reach(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("http://127.0.0.1:9/simple", copy) == 2
    assert "cannot reach the index" in capsys.readouterr().err


def test_a_wheel_that_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "torch-2.16.0-cp312-cp312-win_amd64.whl"
    monkeypatch.setitem(FILES, name, FILES[name][:1000])
    with serving(json_page) as url:
        index = Index(url)
        short = next(one for one in index.wheels("torch") if one.platform == "windows-x86_64")
        with pytest.raises(DoctorError) as raised:
            index.metadata(short)
    assert "not a whole wheel" in raised.value.context


def test_the_build_is_read_from_old_and_new_requirements(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "torch-2.16.0-cp312-cp312-manylinux_2_28_x86_64.whl"
    monkeypatch.setitem(FILES, name, wheel("torch", "2.16.0", CUDA))
    with serving(json_page) as url:
        index = Index(url)
        linux = next(one for one in index.wheels("torch") if one.platform == "linux-x86_64" and not one.build)
        assert refresh_catalog.pypi_build(linux, index) == "cu126"


def test_pip_is_asked_for_its_default_index() -> None:
    assert refresh_catalog.default_index(sys.executable).startswith("https://")
    with pytest.raises(DoctorError):
        refresh_catalog.default_index("/bin/false")

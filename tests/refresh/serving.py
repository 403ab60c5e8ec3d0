"""A simple index on the loopback interface that serves wheels made here, whole or faulty, with and without TLS."""

from __future__ import annotations

import contextlib
import io
import json
import ssl
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from doctor.refresh.index import JSON

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
            self._send(status, kind, body, cut=status == CUT)

    def _file(self, data: bytes) -> None:
        first, _, last = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
        if not first:
            self._send(200, "application/octet-stream", data)
            return
        part = data[int(first) : int(last) + 1]
        self._send(206, "application/octet-stream", part, f"bytes {first}-{last}/{len(data)}")

    def _send(self, status: int, kind: str, body: bytes, content_range: str = "", cut: bool = False) -> None:
        self.send_response(200 if cut else status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)

    def log_message(self, *words: Any) -> None:
        """Quiet."""


CUT = -1  # a status: the answer ends in its middle
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
    return 200, "text/html; charset=utf-8", f"<html><body>{'<br>'.join(links)}</body></html>".encode()


@contextlib.contextmanager
def serving(page: Page, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.page = page  # type: ignore[attr-defined]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http{'s' * bool(tls)}://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        server.server_close()

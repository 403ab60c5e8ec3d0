"""A loopback package index with small wheels that are named like torch's, and every fault an index can have."""

from __future__ import annotations

import hashlib
import http.server
import io
import re
import ssl
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

TAG = f"cp{sys.version_info[0]}{sys.version_info[1]}"
TORCH, VISION, AUDIO = "2.15.0+cpu", "0.29.2+cpu", "2.11.0+cpu"


def metadata(name: str, version: str, needs: tuple[str, ...] = ()) -> str:
    more = "".join(f"Requires-Dist: {line}\n" for line in needs)
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: Tensors → gradients\n{more}"


def wheel(
    name: str, version: str, code: str = "", size: int = 0, needs: tuple[str, ...] = (), *, packed: bool = True
) -> bytes:
    """The bytes of a whole wheel; `size` bytes of ballast, which packed are next to nothing."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"__version__ = {version!r}\n{code}",
        f"{info}/METADATA": metadata(name, version, needs),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: false\nTag: {TAG}-{TAG}-linux_x86_64\n",
        f"{name}/ballast": "x" * size,
    }
    record = "".join(f"{path},,\n" for path in (*files, f"{info}/RECORD"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in (*files.items(), (f"{info}/RECORD", record)):
            archive.writestr(zipfile.ZipInfo(path), text, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return buffer.getvalue()


def file(name: str, version: str) -> str:
    return f"{name}-{version}-{TAG}-{TAG}-linux_x86_64.whl"


def pair(
    torch: str = TORCH, vision: str = VISION, audio: str = AUDIO, size: int = 0, *, packed: bool = True
) -> dict[str, bytes]:
    """Files by name: torch with its companions, for this Python on Linux x86_64."""
    rows = (("torch", torch), ("torchvision", vision), ("torchaudio", audio))
    return {file(name, version): wheel(name, version, size=size, packed=packed) for name, version in rows}


def plain(name: str, version: str) -> dict[str, bytes]:
    """One more file by its name."""
    return {file(name, version): wheel(name, version)}


def pure(name: str, version: str, *needs: str) -> dict[str, bytes]:
    """One file for every Python and platform, with what it requires."""
    return {f"{name}-{version}-py3-none-any.whl": wheel(name, version, needs=needs)}


def trio(platform: str, torch: str, vision: str, audio: str, *needs: str, python: str = TAG) -> dict[str, bytes]:
    """torch with its companions for a platform ("win_amd64"); `needs` are torch's."""
    rows = (("torch", torch, needs), ("torchvision", vision, (f"torch=={torch}",)), ("torchaudio", audio, ()))
    tags = f"{python}-{python}-{platform}"
    return {f"{name}-{version}-{tags}.whl": wheel(name, version, needs=more) for name, version, more in rows}


class Index:
    """What the server answers: change it while it runs. `fault` is "" for a sound one."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.fault = ""
        self.knows_what_it_has = False  # a project without files is none, as at PyPI
        self.dead = False  # nobody is answered any more
        self.asked: list[str] = []
        self.lists_metadata = True
        self.hands_out_parts = True  # of wheels
        self.sent_bytes = 0
        self.gate = threading.Event()  # what is downloaded waits for it
        self.gate.set()
        self.second_halves = threading.Event()  # so does the second half of it
        self.second_halves.set()
        self.wheel_asked = threading.Event()
        self.url = ""

    def page(self, project: str) -> str:
        names = [name for name in self.files if name.startswith(f"{project}-")]
        hashes = {n: "" if self.fault == "no hash" else f"#sha256={self.digest(n)}" for n in names}
        metadata = ' data-core-metadata="true"' if self.lists_metadata else ""
        links = (f'<a href="/files/{n}{hashes[n]}"{metadata}>{n}</a>\n' for n in names)
        return "".join(links)

    def metadata(self, file: str, name: str, version: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.files[file])) as archive:
            return archive.read(f"{name}-{version}.dist-info/METADATA")

    def digest(self, name: str) -> str:
        body = b"another file" if self.fault == "hash" else self.files[name]
        return hashlib.sha256(body).hexdigest()

    def answer(self, path: str, method: str) -> tuple[int, str, bytes, int]:
        """Status, content type, body, and the length to announce."""
        path = unquote(path)
        self.asked.append(path)
        if path.endswith(".metadata"):
            name, version = path.removeprefix("/files/").split("-")[:2]
            body = self.metadata(path.removeprefix("/files/").removesuffix(".metadata"), name, version)
            return 200, "application/octet-stream", body, len(body)
        if path.startswith("/files/"):
            if method == "GET":
                self.wheel_asked.set()
                self.gate.wait(60)
            body = self.files.get(path.removeprefix("/files/"), b"")
            cut = self.fault == "truncated" or (
                self.fault in ("cuts torch", "dies") and path.startswith("/files/torch-")
            )
            self.dead = cut and self.fault == "dies"
            sent = body[: len(body) // 2] if cut else body
            return 200 if body else 404, "application/octet-stream", sent, len(body)
        unknown = self.knows_what_it_has and not self.page(path.strip("/").split("/")[-1])
        status = 404 if unknown else {"403": 403, "404": 404}.get(self.fault, 200)
        kind = "application/pdf" if self.fault == "type" else "text/html"
        text = "<html><body><h1>Please log in</h1></body></html>"
        body = (text if self.fault == "html" else self.page(path.strip("/").split("/")[-1])).encode()
        return status, kind, body, len(body)


@contextmanager
def serving(index: Index, tls: ssl.SSLContext | None = None) -> Iterator[Index]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if index.dead:
                self.close_connection = True
                return
            status, kind, body, length = index.answer(self.path, self.command)
            is_wheel = self.path.startswith("/files/") and self.path.endswith(".whl")
            part = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", "")) if is_wheel else None
            if part and status == 200 and index.hands_out_parts:
                first = int(part[1]) if part[1] else length - int(part[2])
                last = min(int(part[2]) if part[1] and part[2] else length, length - 1)
                status, body, length = 206, body[first : last + 1], last + 1 - first
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(length))
            if is_wheel and index.hands_out_parts:
                self.send_header("Accept-Ranges", "bytes")
            if part and status == 206:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(index.files[unquote(self.path[7:])])}")
            self.end_headers()
            if self.command == "GET":
                half = len(body) // 2
                self.wfile.write(body[:half])
                if is_wheel:
                    index.second_halves.wait(60)
                    index.sent_bytes += len(body)
                self.wfile.write(body[half:])

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    index.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}/simple"
    try:
        yield index
    finally:
        index.gate.set()
        index.second_halves.set()
        server.shutdown()
        server.server_close()

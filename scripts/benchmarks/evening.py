"""The whole evening from a fresh account, beside `uv venv` and `uv pip install torch torchvision`: seconds and bytes.

Both sides go through a proxy on this machine that counts bytes and lets no more than a link's rate through: 200 Mbit/s,
as many homes have it, and whatever the network here gives. Each fetches gigabytes: it is measured only when named.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row, seconds

_LINKS = {"200 Mbit/s": 25e6, "the network as it is": float("inf")}  # bytes a second
_LIMIT = 1.15
_CHUNK = 1 << 16
_ROOT = Path(__file__).resolve().parents[2]


def measure(python: str, runs: int) -> list[Row]:
    """One pair for each link: `runs` is not used, since a pair takes minutes. `python` runs neither side."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is None:
        raise RuntimeError("uv is not here: the plain side needs it")
    return [row for name, rate in _LINKS.items() for row in _pair(name, rate, uv)]


def _pair(name: str, rate: float, uv: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        plain = _plain(Path(folder, "plain"), rate, uv)
        ours, recipes = _evening(Path(folder, "ours"), rate)
    detail = f"{ours.seconds - recipes:.0f} s, and {recipes:.0f} s of recipes / {plain.seconds:.0f} s"
    return [
        Row(
            f"the evening without its recipes, {name}", (ours.seconds - recipes) / plain.seconds, _LIMIT, detail=detail
        ),
        Row(
            f"bytes, {name}",
            ours.bytes / plain.bytes,
            _LIMIT,
            detail=f"{ours.bytes / 1e6:.0f} MB / {plain.bytes / 1e6:.0f} MB",
        ),
    ]


@dataclass(frozen=True)
class _Side:
    seconds: float
    bytes: int


def _plain(folder: Path, rate: float, uv: str) -> _Side:
    with _link(rate) as link:
        env = _account(folder, link) | {"UV_CACHE_DIR": str(folder / "cache")}
        took = seconds([uv, "venv", str(folder / "env")], env=env, allowed=(0,))
        install = [uv, "pip", "install", "--python", str(folder / "env"), "torch", "torchvision"]
        took += seconds(install, env=env, allowed=(0,))
        return _Side(took, link.received)


def _evening(folder: Path, rate: float) -> tuple[_Side, float]:
    """And the seconds of the recipes, run once more."""
    with _link(rate) as link:
        env = _account(folder, link)
        script = [str(_ROOT / "scripts/bootstrap.sh"), "--yes", "--allow-larger-build", f"--env={folder / 'env'}"]
        side = _Side(seconds(["bash", *script], env=env, allowed=(0,)), link.received)
        launcher = str(folder / ".local/bin/torch-doctor")
        return side, seconds([launcher, "run-recipes", "--quick"], env=env, allowed=(0,))


def _account(folder: Path, link: _Link) -> dict[str, str]:
    """The variables of somebody who has nothing in the home folder yet."""
    folder.mkdir()
    address = f"http://127.0.0.1:{link.port}"
    ours = {"HOME": str(folder), "HTTPS_PROXY": address, "https_proxy": address}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "VIRTUAL_ENV", "PYTHON", "TORCH_DOCTOR"))}
    return {**kept, **ours}


class _Link:
    """A proxy that answers CONNECT, counts what comes back, and keeps to a rate over all connections."""

    def __init__(self, rate: float) -> None:
        self.rate, self.received, self.port = rate, 0, 0
        self._free_at = 0.0

    async def serve(self, started: threading.Event, ended: asyncio.Event) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await ended.wait()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).split()
        host, _, port = asked[1].decode().rpartition(":")
        try:
            far_reader, far_writer = await asyncio.open_connection(host, int(port))
        except OSError:  # a source that cannot be reached from here
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(
            self._pass(reader, far_writer, counted=False), self._pass(far_reader, writer, counted=True)
        )

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool) -> None:
        try:
            while chunk := await reader.read(_CHUNK):
                if counted:
                    self.received += len(chunk)
                    await self._wait(len(chunk))
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass  # either side may end a connection as it likes
        finally:
            writer.close()

    async def _wait(self, size: int) -> None:
        now = time.monotonic()
        self._free_at = max(self._free_at, now) + size / self.rate
        if self._free_at - now > 0.01:  # sleeping is not exact enough for less
            await asyncio.sleep(self._free_at - now)


@contextmanager
def _link(rate: float) -> Iterator[_Link]:
    link, started, loop = _Link(rate), threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(link.serve(started, ended),), daemon=True)
    thread.start()
    started.wait()
    try:
        yield link
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(timeout=10)

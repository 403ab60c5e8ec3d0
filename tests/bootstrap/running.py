"""A run of the bootstrap to its end, and windows in which one run comes after another."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bootstrap.shells import PowerShell, Way


def ended(running: subprocess.Popen[bytes], timeout: float = 800) -> subprocess.CompletedProcess[str]:
    """How it ended and what it said. A service of Wine may hold the pipes open, so their end is not waited for."""
    said: dict[str, bytes] = {"stdout": b"", "stderr": b""}

    def read(name: str) -> None:
        while chunk := os.read(getattr(running, name).fileno(), 65536):
            said[name] += chunk

    threads = [threading.Thread(target=read, args=(name,), daemon=True) for name in said]
    for thread in threads:
        thread.start()
    try:
        code = running.wait(timeout)
    finally:
        running.kill()
    for thread in threads:
        thread.join(2)
    if running.stdin:
        running.stdin.close()
    return subprocess.CompletedProcess(running.args, code, *map(_text, said.values()))


def _text(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").replace("\r\n", "\n").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("wine: "))


@contextlib.contextmanager
def stopped(running: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """It and what it started are gone afterwards."""
    try:
        yield running
    finally:
        if sys.platform == "win32":
            running.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, 9)
        running.wait()


class Window:
    """One run after another by the same way in. `by` is how a session of PowerShell starts the script."""

    def __init__(self, way: Way, folder: Path) -> None:
        self.way, self.folder = way, folder

    def run(
        self, *words: str | Path, script: Path | None = None, by: str = "call", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """To its end. PYTHON, PATH and all that the way has by itself may be named anew."""
        return self.way.run(*words, folder=self.folder, script=script, **variables)


class Session(Window):
    """One session of PowerShell for all of them: its start takes longer than all that the script does."""

    def __init__(self, way: PowerShell, folder: Path, running: subprocess.Popen[bytes]) -> None:
        super().__init__(way, folder)
        self.running = running
        self.said = {name: _Said(getattr(running, name)) for name in ("stdout", "stderr")}

    def run(
        self, *words: str | Path, script: Path | None = None, by: str = "call", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        asked = {
            "words": self.way.spelled(words), "by": by, "script": self.way.native(script or self.way.script),
            "folder": self.way.native(self.folder), "variables": self.way.variables(self.folder, variables),
        }  # fmt: skip
        assert self.running.stdin
        self.running.stdin.write(json.dumps(asked).encode() + b"\n")
        self.running.stdin.flush()
        (out, code), (errors, _) = (self.said[name].until_mark() for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(asked["words"], code, out, errors)


class _Said:
    """What a session writes, run by run."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._read, args=(pipe,), daemon=True).start()

    def _read(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            self._lines.put(line)
        self._lines.put(b"")

    def until_mark(self) -> tuple[str, int]:
        """What was said in a run, and its exit code."""
        lines: list[bytes] = []
        while not (line := self._lines.get(timeout=600)).startswith(b"\x01"):
            assert line, "the session has ended: " + _text(b"".join(lines))
            lines.append(line)
        return _text(b"".join(lines).removesuffix(b"\n").removesuffix(b"\r")), int(line[1:])

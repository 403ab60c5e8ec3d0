"""`mirrors` over 40 loopback sources of which 20 hang, a 40 MB index page, and the default run on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from benchmarks.measure import Row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from tests.mirrors.servers import JSON, TAG, Behave, Handler, Loopback, Store, loopback, sound  # the path was just set

TIMEOUT_S = 4.0
SILENT_S = 60.0
DOCTOR = (sys.executable, "-m", "doctor", "mirrors", "--format", "json")


def measure(python: str, runs: int) -> list[Row]:
    """`python` and `runs` are not used: the clock is the limit here."""
    with tempfile.TemporaryDirectory() as folder, loopback(Path(folder)) as started:
        hanging = _Run(started, Path(folder), _forty(started), ("--timeout", f"{TIMEOUT_S:g}"))
        huge = _Run(started, Path(folder), {"huge": started.start(_huge()).url}, ("--timeout", "20"))
    usual = _Run(None, Path.cwd(), {}, ())
    own = _Run(None, Path.cwd(), {}, ("--service", "pypi"))
    return [
        Row("40 sources, 20 of which hang: whole run", hanging.seconds, TIMEOUT_S + 1, "s", f"{hanging.good} ok"),
        Row("40 sources: open sockets", hanging.sockets, 64, "sockets"),
        Row("index page of 40 MB: peak memory", huge.memory, 120, "MB", f"{huge.good} ok"),
        Row("default run on this machine", usual.seconds, 10, "s"),
        Row("default run: traffic", usual.megabytes, 100, "MB"),
        Row("PyPI by pip's own configuration", own.seconds, 15, "s", f"{own.good} ok"),
    ]


def _forty(started: Loopback) -> dict[str, str]:
    store, silence = Store(), threading.Event()

    def hang(_: Handler) -> None:
        silence.wait(SILENT_S)

    def behaviours() -> Iterator[tuple[str, Behave]]:
        for number in range(20):
            yield f"good{number}", sound(store)
            yield f"hanging{number}", hang

    return {name: started.start(behave).url for name, behave in behaviours()}


def _huge() -> Behave:
    store = Store()
    document = json.loads(store.page())
    old = {**document["files"][0], "requires-python": "x" * 300}
    rows = [{**old, "filename": f"torch-1.{n}.0-{TAG}.whl"} for n in range(70_000)]
    page = json.dumps({**document, "files": [*rows, *document["files"]]}).encode()
    rest = sound(store)
    return lambda h: h.reply(200, page, JSON) if h.path.startswith("/simple/") else rest(h)


class _Run:
    """One run in a process of its own, watched: seconds, memory, sockets at once; bytes received by its own count.

    The system's own peak is not used: it starts with that of the process it was forked from, which holds the page.
    """

    def __init__(self, started: Loopback | None, folder: Path, sources: dict[str, str], words: tuple[str, ...]) -> None:
        env, more = dict(os.environ), words
        if started is not None:
            rows = [f'[[mirror]]\nservice = "pypi"\nname = "{n}"\nurl = "{url}"\n' for n, url in sources.items()]
            first = rows[0] + "reference = true\n"
            (folder / "candidates.toml").write_text("\n".join([first, *rows[1:]]))
            more = ("--candidates", str(folder / "candidates.toml"), *words)
            env["SSL_CERT_FILE"] = str(started.bundle)
        self.sockets = self.memory = 0.0
        begin = time.perf_counter()
        with _started((*DOCTOR, *more), env) as child:
            watcher = threading.Thread(target=self._watch, args=(child.pid,), daemon=True)
            watcher.start()
            text = child.stdout.read() if child.stdout else b""
        self.seconds = time.perf_counter() - begin
        self.megabytes = json.loads(text)["received_bytes"] / 1e6
        self.good = sum(row["verdict"] == "ok" for row in json.loads(text)["sources"])

    def _watch(self, pid: int) -> None:
        while True:
            try:
                process = psutil.Process(pid)
                self.sockets = max(self.sockets, float(len(process.net_connections("inet"))))
                self.memory = max(self.memory, process.memory_info().rss / 1e6)
            except psutil.Error:
                return
            time.sleep(0.02)


@contextmanager
def _started(argv: tuple[str, ...], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        yield child

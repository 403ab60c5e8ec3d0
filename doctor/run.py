"""One bounded child process: a session of its own, a deadline that holds for grandchildren, signals by name."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

MAX_OUTPUT_BYTES = 8 * 1024 * 1024
_GRACE_S = 0.5
_live: set[subprocess.Popen[bytes]] = set()


class Ended(msgspec.Struct, frozen=True):
    """How a child ended. Exactly one of `returncode >= 0`, `signal`, `timed_out`, `not_started` tells the story."""

    argv: tuple[str, ...]
    returncode: int = 0
    signal: str = ""  # "SIGSEGV"; on Windows the name of an NTSTATUS such as "STATUS_ACCESS_VIOLATION"
    timed_out: bool = False
    not_started: str = ""  # why: "not found", "permission denied" …
    stdout: str = ""
    stderr: str = ""
    took_ms: float = 0.0

    @property
    def ok(self) -> bool:
        return self.returncode == 0 and not (self.signal or self.timed_out or self.not_started)

    @property
    def story(self) -> str:
        """One phrase for people: "exit 2", "died of SIGSEGV", "no answer in 5.0 s", "not found"."""
        if self.not_started:
            return self.not_started
        if self.timed_out:
            return f"no answer in {self.took_ms / 1000:.1f} s"
        return f"died of {self.signal}" if self.signal else f"exit {self.returncode}"


_NTSTATUS = {
    0xC0000005: "STATUS_ACCESS_VIOLATION",
    0xC000001D: "STATUS_ILLEGAL_INSTRUCTION",
    0xC00000FD: "STATUS_STACK_OVERFLOW",
    0xC0000135: "STATUS_DLL_NOT_FOUND",
    0xC0000139: "STATUS_ENTRYPOINT_NOT_FOUND",
    0xC0000142: "STATUS_DLL_INIT_FAILED",
    0xC0000409: "STATUS_STACK_BUFFER_OVERRUN",
}


def signal_name(returncode: int) -> str:
    """Name of the signal or NTSTATUS behind a return code, "" for an ordinary exit."""
    if returncode < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-returncode).name
        return f"signal {-returncode}"
    return _NTSTATUS.get(returncode, "")


def run(
    argv: Iterable[str | Path],
    *,
    timeout_s: float,
    env: Mapping[str, str] | None = None,
    cwd: str | Path | None = None,
    stdin: str = "",
    on_line: Callable[[str], None] | None = None,
    on_error_line: Callable[[str], None] | None = None,
    max_bytes: int = MAX_OUTPUT_BYTES,
) -> Ended:
    """Run a child to its end or its deadline and say how it ended; never raises for what the child does.

    The child leads a session of its own. When it has ended, or at the deadline, whatever it left behind is killed.
    Output beyond `max_bytes` a stream is read and dropped. `on_line` gets each line of stdout as it comes.
    """
    command = tuple(str(part) for part in argv)
    start = time.monotonic()
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=None if env is None else dict(env),
            cwd=cwd,
            **_own_session(),
        )
    except (OSError, ValueError) as error:
        return Ended(command, -1, not_started=_why(error))
    _live.add(child)
    out, err = _Sink(child.stdout, on_line, max_bytes), _Sink(child.stderr, on_error_line, max_bytes)
    try:
        if stdin and child.stdin:
            with contextlib.suppress(OSError):
                child.stdin.write(stdin.encode("utf-8", "replace"))
            with contextlib.suppress(OSError):
                child.stdin.close()
        timed_out = _wait(child, start + timeout_s)
    finally:
        kill_tree(child)
        _live.discard(child)
    out.finish()
    err.finish()
    code = child.returncode if child.returncode is not None else -9
    took_ms = (time.monotonic() - start) * 1000
    name = "" if timed_out else signal_name(code)
    return Ended(command, code, name, timed_out, "", out.text(), err.text(), took_ms)


def _own_session() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "not found"
    if isinstance(error, PermissionError):
        return "permission denied"
    return str(getattr(error, "strerror", None) or error)


def _wait(child: subprocess.Popen[bytes], deadline: float) -> bool:
    _sleep_until_exit(child.pid, deadline - time.monotonic())
    try:
        child.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return True
    return False


def _sleep_until_exit(pid: int, seconds: float) -> None:
    """Wake the moment the child ends, where Linux can tell: `Popen.wait` looks only every 50 ms."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        descriptor = os.pidfd_open(pid)
        try:
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            poll.poll(max(0.0, seconds) * 1000)
        finally:
            os.close(descriptor)


class _Sink:
    """Reads one stream in a thread, so that a full pipe never blocks the child."""

    def __init__(self, stream: IO[bytes] | None, on_line: Callable[[str], None] | None, limit: int) -> None:
        self._stream, self._on_line, self._limit = stream, on_line, limit
        self._parts: list[bytes] = []
        self._size = 0
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        if self._stream is None:
            return
        with contextlib.suppress(OSError, ValueError):
            for line in self._stream:
                if self._size < self._limit:
                    self._parts.append(line)
                    self._size += len(line)
                if self._on_line:
                    self._on_line(line.decode("utf-8", "replace").rstrip("\r\n"))

    def finish(self) -> None:
        self._thread.join(_GRACE_S)
        if not self._thread.is_alive() and self._stream:
            self._stream.close()

    def text(self) -> str:
        return b"".join(self._parts).decode("utf-8", "replace")


def kill_tree(child: subprocess.Popen[bytes]) -> None:
    """Kill a child, its process group, and descendants that left the group; then reap it."""
    strays = _descendants(child.pid) if child.poll() is None else []
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    if child.poll() is None:
        with contextlib.suppress(OSError):
            child.kill()
    for stray in strays:
        _kill_process(stray)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(5)


def _descendants(pid: int) -> list[object]:
    import psutil

    try:
        return list(psutil.Process(pid).children(recursive=True))
    except psutil.Error:
        return []


def _kill_process(process: object) -> None:
    import psutil

    if isinstance(process, psutil.Process):
        with contextlib.suppress(psutil.Error):
            process.kill()


def kill_all() -> None:
    """End every child still running: called on Ctrl-C and at exit."""
    for child in list(_live):
        kill_tree(child)


def passthrough(argv: Iterable[str], *, on_error_bytes: Callable[[bytes], None], cwd: str | None = None) -> int:
    """Run a command unchanged on our own stdin and stdout; its stderr goes on to ours and is also handed over.

    Returns the child's return code as the OS gives it (negative: died of that signal). Raises OSError when it
    cannot be started. Signals sent to us while it runs are passed on.
    """
    child = subprocess.Popen(tuple(argv), stderr=subprocess.PIPE, cwd=cwd)
    previous = _forward_signals(child)
    try:
        assert child.stderr is not None
        while chunk := os.read(child.stderr.fileno(), 65536):
            with contextlib.suppress(OSError):
                os.write(2, chunk)
            on_error_bytes(chunk)
        return child.wait()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _forward_signals(child: subprocess.Popen[bytes]) -> dict[int, Any]:
    previous: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        # the terminal sends SIGINT to the child as well: only outlive it
        forward = (lambda *_: None) if name == "SIGINT" else (lambda n, _frame: child.send_signal(n))
        previous[number] = signal.signal(number, forward)
    return previous

"""One bounded child process: a session of its own, a deadline that holds for grandchildren, signals by name."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
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

from doctor.bootstrap import ending, guard
from doctor.bootstrap.programs import which
from doctor.process import terminal, tree
from doctor.process.output import StreamReader
from doctor.process.terminal import VARIABLES, Screen, TerminalEnds

MAX_OUTPUT_BYTES = 8 * 1024 * 1024
NOWHERE = Path(__file__).with_name("nowhere")  # a working folder in which there is nothing to import or to heed
_UTF8 = {"PYTHONIOENCODING": "utf-8:backslashreplace"}  # a child writes to us, whatever our own terminal speaks
_REAP_S = 1.0
_live: dict[int, tuple[subprocess.Popen[bytes], str]] = {}
_starting = threading.Lock()
_stopped = threading.Event()


class ProcessResult(msgspec.Struct, frozen=True):
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
    cwd: str | Path | None = NOWHERE,
    stdin: str = "",
    on_line: Callable[[str], None] | None = None,
    on_error_line: Callable[[str], None] | None = None,
    on_screen: Callable[[str], None] | None = None,
    max_bytes: int = MAX_OUTPUT_BYTES,
    takes_back: bool = False,
) -> ProcessResult:
    """Run a child to its end or its deadline and say how it ended; never raises for what the child does.

    The child leads a session of its own. When it has ended, or at the deadline, whatever it left behind is killed.
    Output beyond `max_bytes` a stream is read and dropped. `on_line` gets each line of stdout as it comes; `on_screen`
    what is drawn over: with it, both streams are one terminal and count as stdout, where the system has terminals.
    `cwd` None is the user's working folder: for what he wants to run there.
    `takes_back`: what it does has to be done although the program is about to end.
    """
    command = tuple(str(part) for part in argv)
    start = time.monotonic()
    mark = f"{guard.MARK}-{secrets.token_hex(8)}"
    tree.adopt_orphans()
    guard.watch()
    try:
        with terminal.opened() if on_screen else contextlib.nullcontext() as screen:
            child = _start(command, env, mark, cwd, bool(stdin), screen, takes_back)
    except (OSError, ValueError) as error:
        return ProcessResult(command, -1, not_started=_start_failure(error, cwd))
    drawn = Screen(screen.ours, on_line, on_screen, max_bytes) if screen and on_screen else None
    out = drawn or StreamReader(child.stdout, on_line, max_bytes)
    err = StreamReader(child.stderr, on_error_line, max_bytes)
    try:
        _feed(child.stdin, stdin)
        ended = _sleep_until_exit(child, start + timeout_s)
    finally:
        kill_tree(child, mark)
    out.finish()
    err.finish()
    code = child.returncode if child.returncode is not None else -9
    took_ms = (time.monotonic() - start) * 1000
    return ProcessResult(
        command, code, signal_name(code) if ended else "", not ended, "", out.text(), err.text(), took_ms
    )


def _start(
    command: tuple[str, ...],
    env: Mapping[str, str] | None,
    mark: str,
    cwd: str | Path | None,
    with_stdin: bool,
    screen: TerminalEnds | None,
    takes_back: bool,
) -> subprocess.Popen[bytes]:
    """Start a child and note it, with nothing in between; where the program is about to end, only to take back."""
    marked = {**(os.environ if env is None else env), **_UTF8, guard.VARIABLE: mark}
    with ending.held(), _starting:
        if _stopped.is_set() and not takes_back:
            raise OSError(None, "interrupted")
        child = subprocess.Popen(
            (_program(command[0], env), *command[1:]),
            stdin=subprocess.PIPE if with_stdin else subprocess.DEVNULL,
            stdout=screen.childs if screen else subprocess.PIPE,
            stderr=screen.childs if screen else subprocess.PIPE,
            env={**marked, **(VARIABLES if screen else {})},
            cwd=cwd,
            **_session_options(),
        )
        _live[child.pid] = (child, mark)
    return child


def _program(name: str, env: Mapping[str, str] | None) -> str:
    """A bare name as PATH has it; the systems would look in the working folder as well, or even first."""
    found = which(name, env) if Path(name).name == name else name
    if found is None:
        raise FileNotFoundError(None, "not found", name)
    return found


def _session_options() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _start_failure(error: Exception, cwd: str | Path | None) -> str:
    if cwd and not Path(cwd).is_dir():
        return f"the working folder does not exist: {cwd}"
    if isinstance(error, FileNotFoundError):
        return "not found"
    if isinstance(error, PermissionError):
        return "permission denied"
    if getattr(error, "errno", None) == errno.ENOEXEC:  # of which Windows tells only a pattern: "%1 is not a valid …"
        return "not a program for this system"
    return str(getattr(error, "strerror", None) or error)


def _feed(stream: IO[bytes] | None, text: str) -> None:
    """Write in a thread: a child that does not read must not hold us past its deadline."""
    if stream is None:
        return

    def write() -> None:
        with contextlib.suppress(OSError, ValueError), stream:
            stream.write(text.encode("utf-8", "replace"))

    threading.Thread(target=write, daemon=True).start()


def _sleep_until_exit(child: subprocess.Popen[bytes], deadline: float) -> bool:
    """False at the deadline. Linux tells the moment a child ends; elsewhere `Popen.wait` looks every 50 ms.

    On Linux the child is left unreaped, so that its group can still be killed by its number.
    """
    remaining = max(0.0, deadline - time.monotonic())
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            descriptor = os.pidfd_open(child.pid)
            try:
                poll = select.poll()
                poll.register(descriptor, select.POLLIN)
                return bool(poll.poll(remaining * 1000))
            finally:
                os.close(descriptor)
    try:
        child.wait(remaining)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill_tree(child: subprocess.Popen[bytes], mark: str) -> None:
    """Kill a child and all it started, then reap it. One the kernel does not let go of is left behind."""
    tree.kill(child.pid, mark, alive=_is_alive(child))
    with contextlib.suppress(OSError):
        child.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_REAP_S)
    _live.pop(child.pid, None)


def _is_alive(child: subprocess.Popen[bytes]) -> bool:
    """Asked without reaping it, where the system can."""
    if sys.platform != "linux":
        return child.poll() is None
    try:
        return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:
        return False


def kill_all() -> None:
    """End every child still running; start no more: the program is about to end."""
    _stopped.set()
    with _starting:
        running = list(_live.values())
    for child, mark in running:
        kill_tree(child, mark)


ending.first.append(kill_all)

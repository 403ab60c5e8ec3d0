"""Signals that reach us while a command runs in our place reach the command, once, and are its own to answer."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import code, gone
from tests.surroundings import SIGNALS

if sys.platform != "win32":
    import pty

pytestmark = SIGNALS
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who sends a signal, and whose parent died")
RUNS = (
    "import sys; from doctor.process import passthrough; "
    "sys.exit(passthrough([sys.executable, '-c', sys.argv[1]], on_error_bytes=lambda _: None) % 256)"
)
# says which signals come; SIGINT and SIGQUIT do not end it, SIGTERM does
TELLS = """
import os, signal, sys, time
def tell(number, frame):
    os.write(1, signal.Signals(number).name.encode() + b"\\n")
    if number == signal.SIGTERM:
        os._exit(7)
for name in "SIGINT SIGTERM SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGCONT SIGWINCH".split():
    if signal.getsignal(signal.Signals[name]) is not signal.SIG_IGN:
        signal.signal(signal.Signals[name], tell)
os.write(1, b"ready %d\\n" % os.getpid())
while True:
    time.sleep(60)
"""


@contextlib.contextmanager
def running(command: str = TELLS, **more: object) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The program with the command in its place, and the command's number."""
    program = subprocess.Popen([*code(RUNS), command], stdout=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload]
    try:
        yield program, int(line(program).split()[1])
    finally:
        program.kill()
        program.wait(20)
        program.stdout.close()


def line(program: subprocess.Popen[str]) -> str:
    assert program.stdout
    return program.stdout.readline().strip()


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_each_is_passed_on_and_the_exit_code_handed_back() -> None:
    with running() as (program, _):
        for name in ["SIGUSR1", "SIGUSR2", "SIGHUP", "SIGQUIT", "SIGWINCH", "SIGCONT", "SIGINT", "SIGTERM"]:
            program.send_signal(getattr(signal, name))
            assert line(program) == name
        assert program.wait(20) == 7


def test_what_is_ignored_stays_ignored() -> None:
    def without_hangup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with running(preexec_fn=without_hangup) as (program, _):
        program.send_signal(signal.SIGHUP)
        program.send_signal(signal.SIGUSR1)
        assert line(program) == "SIGUSR1"


def test_a_second_ctrl_c_ends_a_command_that_does_not_heed_it() -> None:
    with running() as (program, command):
        for _ in range(2):
            program.send_signal(signal.SIGINT)
            assert line(program) == "SIGINT"
        assert program.wait(20) == -signal.SIGKILL % 256
        assert gone(command)


@LINUX
def test_both_stop_and_both_go_on() -> None:
    # the stop of a group that nobody could wake again is dropped by the system, so this one is not ours, and has us
    sleeps = "import os, time; print('ready', os.getpid(), flush=True); time.sleep(60)"
    with running(sleeps, process_group=0) as (program, command):
        program.send_signal(signal.SIGTSTP)
        await_state(command, "T")
        await_state(program.pid, "T")
        program.send_signal(signal.SIGCONT)
        await_state(command, "S")
        program.terminate()
        assert program.wait(20) == -signal.SIGTERM % 256


def await_state(pid: int, wanted: str) -> None:
    for _ in range(500):
        if state(pid) == wanted:
            return
        time.sleep(0.02)
    pytest.fail(f"{state(pid)} instead of {wanted}")


@LINUX
def test_a_killed_program_takes_the_command_with_it() -> None:
    with running() as (program, command):
        program.kill()
        assert gone(command)


@contextlib.contextmanager
def on_a_terminal(argv: list[str]) -> Iterator[tuple[int, int]]:
    """The program's number, and our end of its terminal."""
    pid, terminal = pty.fork()
    if not pid:
        os.execv(argv[0], argv)
    try:
        yield pid, terminal
    finally:
        with contextlib.suppress(OSError):
            os.close(terminal)
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def read_until(terminal: int, wanted: bytes) -> bytes:
    text = b""
    while wanted not in text and select.select([terminal], [], [], 30)[0]:
        text += os.read(terminal, 4096)
    assert wanted in text
    return text


@LINUX
def test_ctrl_c_at_a_terminal_comes_once() -> None:
    with on_a_terminal([*code(RUNS), TELLS]) as (pid, terminal):
        read_until(terminal, b"ready")
        os.write(terminal, b"\x03")
        read_until(terminal, b"SIGINT")
        os.kill(pid, signal.SIGTERM)
        assert b"SIGINT" not in read_until(terminal, b"SIGTERM")
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7


def test_a_closed_terminal_ends_the_command() -> None:
    with on_a_terminal([*code(RUNS), "import os, time; print('ready', os.getpid(), flush=True); time.sleep(60)"]) as (
        pid,
        terminal,
    ):
        command = int(read_until(terminal, b"\n").split()[1])
        os.close(terminal)
        assert gone(command)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGHUP % 256

"""A bounded child: its deadline holds for all it started, and how it ended is told in the field's words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from doctor.process import bounded as module
from doctor.process import passthrough, run, signal_name
from tests.processes import CRASH, CRASHED, START_S, code, gone
from tests.surroundings import MODES, SCRIPTS, SIGNALS

PYTHON = sys.executable


def test_output_and_exit_code() -> None:
    ended = run(code("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"), timeout_s=20)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "out\n", "err\n")
    assert (ended.ok, ended.signal, ended.timed_out, ended.story) == (False, "", False, "exit 3")


def test_success() -> None:
    ended = run(code("pass"), timeout_s=20)
    assert ended.ok
    assert ended.took_ms > 0


@SIGNALS
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL", "SIGILL"])
def test_signal_by_name(name: str) -> None:
    ended = run(code(f"import os, signal; os.kill(os.getpid(), signal.{name})"), timeout_s=20)
    assert (ended.signal, ended.timed_out, ended.ok) == (name, False, False)
    assert ended.story == f"died of {name}"


def test_a_crash_by_name() -> None:
    ended = run(code(CRASH), timeout_s=20)
    assert (ended.signal, ended.ok, ended.story) == (CRASHED, False, f"died of {CRASHED}")


def test_names_of_return_codes() -> None:
    assert signal_name(0) == signal_name(139) == ""
    assert signal_name(-11) == "SIGSEGV"
    assert signal_name(-99) == "signal 99"
    assert signal_name(0xC0000005) == "STATUS_ACCESS_VIOLATION"


DEAF = "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (signal.SIGINT, signal.SIGTERM)]"


def test_deadline_holds_for_one_that_ignores_signals_and_keeps_what_was_said() -> None:
    ended = run(code(f"{DEAF}; print('begun', flush=True); time.sleep(60)"), timeout_s=2 + START_S)
    assert ended.timed_out
    assert not ended.ok
    assert ended.stdout == "begun\n"
    assert ended.signal == ""
    assert ended.story.startswith("no answer in ")


def test_deadline_holds_for_what_a_child_started() -> None:
    sleeper = "import time; time.sleep(60)"
    starts = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {sleeper!r}]).pid, flush=True)"
    ended = run(code(f"{starts}; {sleeper}"), timeout_s=2 + START_S)
    assert ended.timed_out
    assert gone(int(ended.stdout))


def test_not_found() -> None:
    ended = run(["/nonexistent/python"], timeout_s=5)
    assert (ended.not_started, ended.ok, ended.story) == ("not found", False, "not found")


@MODES
def test_not_executable(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("#!/bin/sh\n")
    assert run([tmp_path / "plain"], timeout_s=5).not_started == "permission denied"


def test_not_a_program(tmp_path: Path) -> None:
    odd = tmp_path / "odd.exe"
    odd.write_bytes(b"\x00\x01\x02")
    odd.chmod(0o755)
    assert run([odd], timeout_s=5).not_started == "not a program for this system"


def test_a_folder_is_no_program(tmp_path: Path) -> None:
    told = run([tmp_path], timeout_s=5).not_started
    assert told == "permission denied" or (sys.platform == "win32" and told == "not found")  # as Wine calls it


def test_a_working_folder_that_is_gone_is_not_taken_for_a_missing_program(tmp_path: Path) -> None:
    ended = run(code("pass"), timeout_s=5, cwd=tmp_path / "gone")
    assert ended.not_started.startswith("the working folder does not exist")


def test_a_nul_in_an_argument() -> None:
    assert "null" in run([PYTHON, "-c", "\0"], timeout_s=5).not_started


def test_stdin() -> None:
    assert run(code("import sys; print(sys.stdin.read())"), timeout_s=20, stdin="héllo").stdout == "héllo\n"


def test_a_child_that_does_not_read_cannot_hold_us() -> None:
    assert run(code("import time; time.sleep(60)"), timeout_s=0.5, stdin="x" * 1_000_000).timed_out


def test_without_stdin_a_child_reads_nothing() -> None:
    assert run(code("import sys; print(repr(sys.stdin.read()))"), timeout_s=20).stdout == "''\n"


def test_environment_and_folder(tmp_path: Path) -> None:
    ended = run(
        code("import os; print(os.environ.get('A'), os.environ.get('HOME'), os.getcwd())"),
        timeout_s=20,
        env={"A": "1"},
        cwd=tmp_path,
    )
    assert ended.stdout == f"1 None {tmp_path.resolve()}\n"


@pytest.fixture
def stopping() -> object:
    yield None
    module._stopped.clear()


def test_after_the_end_was_called_nothing_is_started(stopping: object) -> None:
    results = []
    pids: list[str] = []
    text = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    running = threading.Thread(target=lambda: results.append(run(code(text), timeout_s=50, on_line=pids.append)))
    running.start()
    while not pids:
        time.sleep(0.01)
    module.kill_all()
    running.join(20)
    assert not results[0].ok
    assert results[0].signal == ("" if sys.platform == "win32" else "SIGKILL")  # there it ends with a code of no name
    assert gone(int(pids[0]))
    assert run(code("pass"), timeout_s=5).not_started == "interrupted"


INTERRUPTED = """
import sys, threading
from doctor.process import kill_all, run
child = ["-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
def say(line): sys.stdout.write(line + "\\n"); sys.stdout.flush()
def wait(): run([sys.executable, *child], timeout_s=60, on_line=say)
threading.Thread(target=wait, daemon=True).start()
try:
    wait()
except KeyboardInterrupt:
    kill_all()
    sys.exit(130)
"""


@SIGNALS
def test_ctrl_c_leaves_no_orphan() -> None:
    program = subprocess.Popen(code(INTERRUPTED), stdout=subprocess.PIPE, text=True)
    assert program.stdout
    pids = [int(program.stdout.readline()) for _ in range(2)]
    program.send_signal(signal.SIGINT)
    assert program.wait(20) == 130
    program.stdout.close()
    assert all(gone(pid) for pid in pids)


def test_passthrough_gives_the_code_and_the_errors(capfd: pytest.CaptureFixture[str]) -> None:
    said: list[bytes] = []
    status = passthrough(
        code("import sys; print('to stdout', flush=True); sys.stderr.write('to stderr'); sys.exit(5)"),
        on_error_bytes=said.append,
    )
    assert status == 5
    assert b"".join(said) == b"to stderr"
    out, err = capfd.readouterr()
    assert (out.splitlines(), err) == (["to stdout"], "to stderr")


@SIGNALS
def test_passthrough_gives_the_signal_that_ended_the_command() -> None:
    died = passthrough(code("import os; os.kill(os.getpid(), 11)"), on_error_bytes=lambda _: None)
    assert died == -signal.SIGSEGV


@SCRIPTS
def test_passthrough_does_not_wait_for_what_goes_on_in_the_background(capfd: pytest.CaptureFixture[str]) -> None:
    assert passthrough(["sh", "-c", "sleep 60 & echo $!"], on_error_bytes=lambda _: None) == 0
    pid = int(capfd.readouterr().out)
    os.kill(pid, signal.SIGKILL)  # which shows that it was still there


@SIGNALS
def test_passthrough_passes_signals_on() -> None:
    text = (
        "import sys; from doctor.process import passthrough; "
        "sys.exit(passthrough(['sh', '-c', 'trap \"exit 7\" TERM; echo ready; while :; do sleep 0.1; done'], "
        "on_error_bytes=print))"
    )
    program = subprocess.Popen(code(text), stdout=subprocess.PIPE, text=True)
    assert program.stdout
    assert program.stdout.readline() == "ready\n"
    program.send_signal(signal.SIGTERM)
    assert program.wait(20) == 7
    program.stdout.close()


def test_passthrough_of_what_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        passthrough(["/nonexistent/program"], on_error_bytes=lambda _: None)


HANGS = """
import sys, threading
from doctor.bootstrap import ending
from doctor.process.threads import ThreadPool
ending.heed()
try:
    with ThreadPool(1) as pool:
        pool.submit(print, "ready", flush=True)
        pool.submit(threading.Event().wait)
        pool.submit(print, "never")
        threading.Event().wait()
except KeyboardInterrupt:
    ending.over(ending.code())
"""


@SIGNALS
def test_threads_that_hang_are_not_waited_for() -> None:
    with subprocess.Popen(code(HANGS), stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        program.terminate()
        assert program.communicate(timeout=30)[0] == ""
        assert program.returncode == 143

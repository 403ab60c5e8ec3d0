"""Signals that end us, whenever they come: everything is taken back once, and the exit code is the shell's."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

if sys.platform != "win32":
    import pty

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
BEGIN = """
import os, signal, sys, threading, time
from doctor.bootstrap import ending
def say(text):
    os.write(1, text.encode() + b"\\n")
def main():
    ending.heed()
    try:
        work()
        return ending.over(0)
    except KeyboardInterrupt:
        say("taken back")
        return ending.over(ending.code())
"""
END = "\nsys.exit(main())\n"
WORKS = "def work():\n    say('ready')\n    time.sleep(60)\n"


@contextlib.contextmanager
def program(work: str = WORKS, **more: object) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-c", BEGIN + work + END]
    child = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload]
    with child:
        try:
            assert child.stdout and child.stdout.readline() == "ready\n"
            yield child
        finally:
            child.kill()


def ended(child: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Read to the end here: `communicate` leaves out what was read ahead with the line before."""
    assert child.stdout and child.stderr
    if child.stdin and not child.stdin.closed:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
    out, errors = child.stdout.read(), child.stderr.read()
    return child.wait(30), out, errors


@pytest.mark.parametrize("name", CODES)
def test_each_takes_back_and_has_the_code_of_the_shell(name: str) -> None:
    with program() as child:
        child.send_signal(signal.Signals[name])
        assert ended(child) == (CODES[name], "taken back\n", "")


TAKES_LONG = """
def work():
    try:
        say("ready")
        time.sleep(60)
    finally:
        say("taking back")
        sys.stdin.readline()
"""


def test_those_that_follow_change_nothing() -> None:
    with program(TAKES_LONG, stdin=subprocess.PIPE) as child:
        child.send_signal(signal.SIGHUP)
        assert child.stdout and child.stdout.readline() == "taking back\n"
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            child.send_signal(number)
        assert child.stdin
        child.stdin.write("\n")
        child.stdin.flush()
        assert ended(child) == (129, "taken back\n", "")


def test_a_third_ctrl_c_waits_for_nothing() -> None:
    with program(TAKES_LONG, stdin=subprocess.PIPE) as child:
        child.send_signal(signal.SIGINT)
        assert child.stdout and child.stdout.readline() == "taking back\n"
        while child.poll() is None:  # two that come at once are one
            child.send_signal(signal.SIGINT)
        assert ended(child) == (130, "", "")


@pytest.mark.parametrize("name", CODES)
def test_what_is_ignored_stays_ignored(name: str) -> None:
    def ignore() -> None:
        signal.signal(signal.Signals[name], signal.SIG_IGN)

    with program(
        "def work():\n    say('ready')\n    sys.stdin.readline()\n", stdin=subprocess.PIPE, preexec_fn=ignore
    ) as child:
        child.send_signal(signal.Signals[name])
        assert child.stdin
        child.stdin.write("\n")
        assert ended(child) == (0, "", "")


def test_what_is_held_is_finished_first() -> None:
    held = """
def work():
    with ending.held():
        with ending.held():
            say("ready")
            sys.stdin.readline()
        say("finished")
    say("not reached")
"""
    with program(held, stdin=subprocess.PIPE) as child:
        child.send_signal(signal.SIGTERM)
        assert child.stdin
        child.stdin.write("\n")
        assert ended(child) == (143, "finished\ntaken back\n", "")


def test_what_is_released_is_taken_back() -> None:
    made = """
def work():
    with ending.held() as hold:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            say("ready")
            hold.release()
            say("not reached")
        finally:
            say("removed")
"""
    with program(made) as child:
        assert ended(child) == (143, "removed\ntaken back\n", "")


def test_a_thread_that_holds_does_not_keep_it_waiting() -> None:
    thread = """
def hold():
    with ending.held():
        say("ready")
        time.sleep(60)
def work():
    threading.Thread(target=hold, daemon=True).start()
    time.sleep(60)
"""
    with program(thread) as child:
        child.send_signal(signal.SIGTERM)
        assert ended(child) == (143, "taken back\n", "")


@pytest.mark.parametrize("what", ["threading.Event().wait()", "import queue; queue.SimpleQueue().get()", "input()"])
def test_while_it_waits(what: str) -> None:
    with program(f"def work():\n    say('ready')\n    {what}\n", stdin=subprocess.PIPE) as child:
        child.send_signal(signal.SIGTERM)
        assert ended(child) == (143, "taken back\n", "")


def test_one_that_python_drops_while_it_deletes_comes_again() -> None:
    deletes = """
class Deleted:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(100):
            pass
def work():
    say("ready")
    Deleted()
    time.sleep(60)
"""
    with program(deletes) as child:
        assert ended(child) == (143, "taken back\n", "")


def test_what_is_to_be_done_first_is_done_before_anything_is_taken_back() -> None:
    ordered = "ending.first.append(lambda: say('first'))\n" + TAKES_LONG.replace("sys.stdin.readline()", "pass")
    with program(ordered) as child:
        child.send_signal(signal.SIGTERM)
        assert ended(child) == (143, "first\ntaking back\ntaken back\n", "")


def test_when_the_work_is_done_it_ends_at_once() -> None:
    late = """
import atexit
def wait():
    say("ready")
    time.sleep(60)
atexit.register(wait)
def work():
    pass
"""
    with program(late) as child:
        child.send_signal(signal.SIGTERM)
        assert ended(child) == (-signal.SIGTERM, "", "")


def test_output_that_nobody_reads_is_not_waited_for() -> None:
    fills = """
def work():
    global say
    say("ready")
    say = print
    while True:
        print("x" * 1000)
"""
    with program(fills) as child:
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 143


WAITS = "print('ready', flush=True); time.sleep(60)"
WHILE_A_CLASS_IS_MADE = f"type('Name', (), {{'__set_name__': lambda *_: ({WAITS.replace('; ', ', ')})}})()"


@pytest.mark.parametrize("doing", [WAITS, f"type('Owner', (), {{'name': {WHILE_A_CLASS_IS_MADE}}})"])
def test_before_the_first_command_is_there(doing: str) -> None:
    """The import that takes longest is that of the command."""
    slow = "import sys, time; sys.modules['doctor.cli'] = None; import doctor.__main__ as program\n"
    begun = (
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'doctor.cli':\n"
        f"            {doing}\n"
        "del sys.modules['doctor.cli']; sys.meta_path.insert(0, Finder()); sys.exit(program.main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", slow + begun], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout and child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGTERM)
        assert ended(child) == (143, "", "")


def test_a_closed_terminal(tmp_path: os.PathLike[str]) -> None:
    writes = """
def work():
    try:
        print("ready", flush=True)
        time.sleep(60)
    finally:
        with open(sys.argv[1], "w") as file:
            file.write("taken back")
say = lambda text: None
"""
    note = os.path.join(tmp_path, "note")
    pid, terminal = pty.fork()
    if not pid:
        os.execv(sys.executable, [sys.executable, "-c", BEGIN + writes + END, note])
    assert select.select([terminal], [], [], 30)[0] and b"ready" in os.read(terminal, 100)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 129
    with open(note) as file:
        assert file.read() == "taken back"

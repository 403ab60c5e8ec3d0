"""Programs run for us: their output in a log or on the screen, ended with us, known to the run after a killed one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from doctor.bootstrap import ending, guard
from doctor.bootstrap.home import Home, is_folder, read, remove_empty, write
from doctor.bootstrap.stop import Stop

Said = Callable[[str], object]

_ASK_S = 20.0
_END_S = 10.0
_TAKES_BACK_S = 60.0


def ask(argv: Sequence[str], *, timeout_s: float = _ASK_S, variables: Mapping[str, str] | None = None) -> str:
    """What a program prints, without its errors; "" where it cannot be started, fails or does not answer in time."""
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=timeout_s,
            env=variables, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def run_logged(
    home: Home, argv: Sequence[str], variables: Mapping[str, str], *, timeout_s: float | None = None, said: Said = str
) -> bool:
    """Whether it ended with 0. What it says is added to the run's log; `said` gets its last line now and then."""
    with home.log.open("ab") as log:
        return _run(home, argv, variables, stdin=subprocess.DEVNULL, out=log, timeout_s=timeout_s, said=said) == 0


def run_shown(home: Home, argv: Sequence[str], variables: Mapping[str, str], *, asks: bool) -> int:
    """The exit code of a program that talks to the user itself; without `asks` it cannot ask."""
    return _run(home, argv, variables, stdin=None if asks else subprocess.DEVNULL, out=None)


def _run(
    home: Home,
    argv: Sequence[str],
    variables: Mapping[str, str],
    *,
    stdin: int | None,
    out: BinaryIO | None,
    timeout_s: float | None = None,
    said: Said = str,
) -> int:
    guard.watch()
    errors = subprocess.STDOUT if out else None
    env = {**variables, guard.VARIABLE: guard.MARK}
    alone = out is not None and sys.platform != "win32"  # what talks to the user keeps the terminal
    if out:
        left = home.work / "tmp"  # by what is ended in the middle
        left.mkdir(exist_ok=True)
        env.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(left)))
    with ending.held() as hold:
        try:  # not in the user's folder: another `doctor` or `pip` there is none of ours
            child = subprocess.Popen(
                argv, stdin=stdin, stdout=out, stderr=errors, env=env, cwd=home.folder, start_new_session=alone
            )
        except OSError as error:
            if out:
                out.write(f"{argv[0]}: {error}\n".encode())
            return 127
        with _ended_with_us(child, alone=alone), _known_to_successor(home, child.pid):
            hold.release()
            return _waited_for(child, home, timeout_s, said) if out else child.wait()


def _waited_for(child: subprocess.Popen[bytes], home: Home, timeout_s: float | None, said: Said) -> int:
    until = time.monotonic() + (timeout_s or float("inf"))
    while time.monotonic() < until:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(0.5)
        said(last_line(home.log))
    with home.log.open("ab") as log:
        log.write(f"it was ended: it did not finish within {timeout_s:.0f} seconds\n".encode())
    return 124


def last_line(log: Path) -> str:
    """The last line of a log that is being written; of a line that is written over again, what stands last."""
    with log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 2000))
        lines = file.read().decode(errors="replace").replace("\r", "\n").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


@contextlib.contextmanager
def _ended_with_us(child: subprocess.Popen[bytes], *, alone: bool) -> Iterator[None]:
    """It is ended and waited for: it takes back what it has begun. Of an interrupt at the keyboard it knows itself,
    unless it is `alone`, in a session of its own, which is ended as a whole."""
    try:
        yield
    except KeyboardInterrupt:
        if not alone and at_the_keyboard():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(_TAKES_BACK_S)
        raise
    finally:
        with ending.held():
            _end_child(child, alone=alone)


def _end_child(child: subprocess.Popen[bytes], *, alone: bool) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_END_S if alone else _TAKES_BACK_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if alone:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)


def at_the_keyboard() -> bool:
    """Whether an interrupt reaches our children as well as us."""
    if sys.platform == "win32":
        return True
    try:
        with Path("/dev/tty").open() as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


@contextlib.contextmanager
def _known_to_successor(home: Home, pid: int) -> Iterator[None]:
    note = home.work / "child.json"
    if not home.work.is_dir():
        yield
        return
    write(note, {"pid": pid})
    yield
    note.unlink(missing_ok=True)


def end_leftover(home: Home) -> None:
    """End the child of a run that was killed, where it still works in this folder."""
    pid = read(home.work / "child.json").get("pid")
    if isinstance(pid, int):
        _end(pid, home)


def end_run_of_version_0_1(home: Home) -> None:
    """Its lock was a folder with the numbers of its run and of its child. Raises Stop while it runs."""
    lock = home.folder / "lock"
    if not lock.is_dir() or not is_folder(lock.lstat()):
        return
    run, child = (_number(lock / name) for name in ("pid", "child"))
    if run and "bootstrap" in _command_line(run):
        raise Stop(f"another bootstrap is running in {home.folder}", "wait for it")
    if child:
        _end(child, home)
    for name in ("pid", "child"):
        (lock / name).unlink(missing_ok=True)
    remove_empty([lock])


def _number(file: Path) -> int:
    text = file.read_text(encoding="utf-8").strip() if file.is_file() else ""
    return int(text) if text.isdecimal() else 0


def _end(pid: int, home: Home) -> None:
    if not _works_here(pid, home.folder):
        return
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with contextlib.suppress(OSError):
            os.kill(pid, number)
        if _gone(pid, _END_S):
            return


def _gone(pid: int, wait_s: float) -> bool:
    until = time.monotonic() + wait_s
    while _command_line(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _works_here(pid: int, folder: Path) -> bool:
    """Its number may by now be another program's: ours names the folder in its command line."""
    return str(folder) in _command_line(pid)


def _command_line(pid: int) -> str:
    if sys.platform == "win32":
        return _windows_image(pid)
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ask(["ps", "-o", "args=", "-p", str(pid)])


def _windows_image(pid: int) -> str:
    """The program's file; the doctor's own Python and uv lie in the folder."""
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.QueryFullProcessImageNameW.argtypes = [
        wintypes.HANDLE, wintypes.DWORD, wintypes.LPWSTR, ctypes.POINTER(wintypes.DWORD),
    ]  # fmt: skip
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return ""
    name, size = ctypes.create_unicode_buffer(32768), wintypes.DWORD(32768)
    found = kernel.QueryFullProcessImageNameW(handle, 0, name, ctypes.byref(size))
    kernel.CloseHandle(wintypes.HANDLE(handle))
    return name.value if found else ""

"""A command that runs in our place: the signals that we get are meant for it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from types import FrameType, TracebackType
from typing import IO, Any

from doctor.bootstrap import ending
from doctor.bootstrap.children import at_the_keyboard

_NAMES = "SIGINT SIGTERM SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGTSTP SIGCONT SIGWINCH"
_OF_TERMINALS = "SIGINT SIGQUIT SIGTSTP SIGWINCH"
_SI_KERNEL, _PR_SET_PDEATHSIG = 128, 1  # asm-generic/siginfo.h, linux/prctl.h
_KILLS = 2  # so many Ctrl-C end a command that does not heed them,
_KILL_S = 2.0  # when it had so long to heed the last one
_LOOK_S = 0.2
_LINGER_S = 0.5


def _numbers(names: str) -> set[signal.Signals]:
    return {signal.Signals[name] for name in names.split()}


def _kill_after_a_moment(child: subprocess.Popen[bytes]) -> None:
    late = threading.Timer(_KILL_S, child.kill)
    late.daemon = True
    late.start()


class SignalRelay:
    """Inside, signals wait for `wait`, which hands them on. What is ignored (by nohup) stays ignored.

    A terminal sends to the command as well: what comes from it is not sent a second time.
    """

    def __enter__(self) -> SignalRelay:
        self._passed = {each for each in _numbers(_NAMES) if signal.getsignal(each) is not signal.SIG_IGN}
        self._waited = self._passed | {signal.SIGCHLD}
        # some systems drop what nobody handles, although it is blocked
        self._before = {each: signal.signal(each, _nothing) for each in (signal.SIGCHLD, signal.SIGWINCH)}
        self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, self._waited)
        return self

    @property
    def options(self) -> dict[str, Any]:
        """For the start of the command."""
        prctl = None
        if sys.platform == "linux":
            import ctypes

            prctl = ctypes.CDLL(None).prctl

        def begin() -> None:
            for number in self._passed:
                signal.signal(number, signal.SIG_DFL)
            if prctl:
                prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # this, too, is handed on
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)

        return {"preexec_fn": begin}

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """The command's return code. Where it was to end, so are we (`ending.begun`)."""
        interrupts = 0
        while (code := child.poll()) is None:
            number, has_it = self._next(child)
            if number == signal.SIGCHLD:
                continue
            if not has_it:
                child.send_signal(number)
            interrupts += number == signal.SIGINT
            if number == signal.SIGINT and interrupts == _KILLS:
                _kill_after_a_moment(child)
            if number == signal.SIGTSTP:
                _stop()
            if number in (signal.SIGTERM, signal.SIGHUP):
                ending.note(number)
        return code

    def _next(self, child: subprocess.Popen[bytes]) -> tuple[int, bool]:
        """The next signal, and whether the command has got it, too."""
        if sys.platform == "linux":
            told = signal.sigwaitinfo(self._waited)
            number, from_terminal = told.si_signo, told.si_code == _SI_KERNEL
        else:
            number, from_terminal = signal.sigwait(self._waited), at_the_keyboard()
        has_it = from_terminal and number in _numbers(_OF_TERMINALS)
        with contextlib.suppress(ProcessLookupError):
            return number, has_it and os.getpgid(child.pid) == os.getpgrp()
        return number, has_it

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """What a terminal sent while the command ended was meant for that."""
        for number in signal.sigpending() & _numbers(_OF_TERMINALS) & self._passed:
            signal.sigwait({number})
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    pass


def _stop() -> None:
    """As the shell expects it; where there is nobody who could let us go on, the system does not stop us."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTSTP})
    os.kill(os.getpid(), signal.SIGTSTP)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTSTP})


class ConsoleRelay:
    """The same on Windows, where the command gets what its console sends, and nothing can be sent to us alone."""

    options: dict[str, Any] = {}  # noqa: RUF012 - the same for every command

    def __enter__(self) -> ConsoleRelay:
        self._interrupts = 0
        numbers = (signal.SIGINT, signal.SIGBREAK)  # type: ignore[attr-defined]
        self._before = {number: signal.signal(number, self._on_signal) for number in numbers}
        return self

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._interrupts += 1

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """The command's return code. A wait is not interrupted there, so it is a short one."""
        killing = False
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.wait(_LOOK_S)
            if self._interrupts >= _KILLS and not killing:
                killing = True
                _kill_after_a_moment(child)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def passthrough(argv: Iterable[str], *, on_error_bytes: Callable[[bytes], None], cwd: str | None = None) -> int:
    """Run a command unchanged on our own stdin and stdout; its stderr goes on to ours and is also handed over.

    Returns the child's return code as the OS gives it (negative: died of that signal). Raises OSError when it
    cannot be started. Signals that we get while it runs are passed on, and a second Ctrl-C is final. What the command
    leaves running in the background goes on, and is not waited for though it may hold stderr open.
    """
    with ConsoleRelay() if sys.platform == "win32" else SignalRelay() as signals:
        child = subprocess.Popen(tuple(argv), stderr=subprocess.PIPE, cwd=cwd, **signals.options)
        errors = threading.Thread(target=_copy_errors, args=(child.stderr, on_error_bytes), daemon=True)
        errors.start()
        code = signals.wait(child)
        errors.join(_LINGER_S)
        return code


def _copy_errors(stream: IO[bytes], on_bytes: Callable[[bytes], None]) -> None:
    while chunk := os.read(stream.fileno(), 65536):
        with contextlib.suppress(OSError):
            os.write(2, chunk)
        on_bytes(chunk)

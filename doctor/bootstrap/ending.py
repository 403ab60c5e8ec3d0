"""What ends us from outside: Ctrl-C, SIGTERM, SIGHUP, a closed terminal or console. Each becomes a KeyboardInterrupt.

It is raised once, in the main thread, after what is to be done `first`; while something is `held`, it waits. Signals
that follow find us tidying up already and change nothing, but whoever presses Ctrl-C a third time is not kept waiting.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType, TracebackType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
CODES = {128 + number for name in _NAMES if (number := getattr(signal, name, None))}
_AT_ONCE = 2  # so many Ctrl-C after the first signal
_AGAIN_S = 0.01
_CTRL_C, _CTRL_BREAK = 0, 1
_CONSOLE_S = 4.5  # Windows gives five seconds when a console is closed
_MAIN = _thread.get_ident()

first: list[Callable[[], object]] = []


class _State:
    number = 0  # of the signal that ends us
    interrupts = 0
    holding = 0
    waiting = False
    console: object = None  # what Windows calls must not be collected


def heed() -> None:
    """From now on. What is ignored (by nohup, or in a shell's background) stays ignored."""
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _on_signal)
    sys.unraisablehook = _on_unraisable
    if sys.platform == "win32":
        _heed_console()


def begun() -> int:
    """The number of the signal that ends us, 0 where none does."""
    return _State.number


def note(number: int) -> None:
    """A program that runs for us was ended by this signal, and so are we."""
    _State.number = _State.number or number


def name() -> str:
    """Of the signal, for people; "" for Ctrl-C."""
    return signal.Signals(_State.number).name if _State.number not in (0, signal.SIGINT) else ""


def code() -> int:
    """The exit code, as a shell has it: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP."""
    return 128 + (_State.number or signal.SIGINT)


class held:
    """Signals wait for what is done in here, which is short; after `release` they come through again."""

    def __enter__(self) -> held:
        self._holds = _thread.get_ident() == _MAIN  # only there do signals arrive
        _State.holding += self._holds
        return self

    def release(self) -> None:
        if self._holds:
            self._holds = False
            _State.holding -= 1
            if _State.waiting and not _State.holding:
                _State.waiting = False
                _interrupt()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


def over(exit_code: int) -> int:
    """The work is done. Where a signal ended it, nothing is waited for any more: no thread, and no reader of output."""
    let_go()
    if _State.number:
        os._exit(exit_code)
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    return exit_code


def let_go() -> None:
    """There is nothing to take back any more: a signal ends us at once."""
    for each in _NAMES:
        number = getattr(signal, each, None)
        if number is not None and signal.getsignal(number) is _on_signal:
            signal.signal(number, signal.SIG_DFL)


def _on_signal(number: int, _frame: FrameType | None) -> None:
    if _State.number:
        _State.interrupts += number == signal.SIGINT
        if _State.interrupts >= _AT_ONCE:
            os._exit(128 + number)
        return
    _State.number = number
    if _State.holding:
        _State.waiting = True
    else:
        _interrupt()


def _interrupt() -> None:
    for do in first:
        do()
    raise KeyboardInterrupt


def _on_unraisable(lost: sys.UnraisableHookArgs) -> None:
    """An interrupt that came while an object was being deleted is lost to Python, so it comes again."""
    if not (_State.number and issubclass(lost.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(lost)
        return
    import threading

    number, _State.number = _State.number, 0
    again = threading.Timer(_AGAIN_S, _send, (number,))
    again.daemon = True
    again.start()


def _send(number: int) -> None:
    """To ourselves, from another thread: a wait of the main thread is interrupted by a real signal only."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        os.kill(os.getpid(), number)


def _heed_console() -> None:
    import ctypes
    import time
    from ctypes import wintypes

    def on_event(event: int) -> bool:
        """In a thread of its own. Waits that no signal interrupts on Windows end with the children waited for."""
        if signal.getsignal(signal.SIGINT) is not _on_signal:
            return False
        for do in first:
            do()
        if event in (_CTRL_C, _CTRL_BREAK):
            return False  # goes on to Python's handler of the signal
        _send(signal.SIGINT)
        time.sleep(_CONSOLE_S)  # when this returns, Windows ends us
        return True

    _State.console = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)(on_event)  # type: ignore[attr-defined]
    ctypes.WinDLL("kernel32").SetConsoleCtrlHandler(_State.console, True)  # type: ignore[attr-defined]

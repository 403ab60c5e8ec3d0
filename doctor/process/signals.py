"""Signals sent to us, passed on to a command that runs in our place."""

from __future__ import annotations

import signal
from collections.abc import Callable


class SignalRelay:
    """Takes the signals we get from now on; those that come before the command is there are kept for it."""

    def __init__(self) -> None:
        self._send: Callable[[int], None] | None = None
        self._early: list[int] = []
        named = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2")]
        self._previous = {number: signal.signal(number, self._on_signal) for number in named if number is not None}

    def _on_signal(self, number: int, _frame: object) -> None:
        if number == signal.SIGINT:
            return  # the terminal sends it to the command as well: only outlive it
        if self._send is None:
            self._early.append(number)
        else:
            self._send(number)

    def forward_to(self, send: Callable[[int], None]) -> None:
        """Pass everything on by `send`, what came early first."""
        self._send = send
        for number in self._early:
            send(number)

    def restore(self) -> None:
        """Signals do to us again what they did before."""
        for number, handler in self._previous.items():
            signal.signal(number, handler)

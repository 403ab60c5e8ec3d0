"""Signals sent to us reach the command, also those that come while it is being started."""

from __future__ import annotations

import os
import signal

import pytest

from doctor.process.signals import SignalRelay

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def test_early_and_late_signals_are_passed_on_and_an_interrupt_is_not() -> None:
    before = signal.getsignal(signal.SIGTERM)
    sent: list[int] = []
    relay = SignalRelay()
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        relay.forward_to(sent.append)
        os.kill(os.getpid(), signal.SIGUSR1)
    finally:
        relay.restore()
    assert sent == [signal.SIGTERM, signal.SIGUSR1]
    assert signal.getsignal(signal.SIGTERM) is before

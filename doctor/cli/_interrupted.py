"""Ctrl-C with a word on how to go on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

AGAIN = "run it again: it goes on from what is already downloaded"


@contextlib.contextmanager
def hint_on_interrupt(hint: str) -> Iterator[None]:
    """Inside, Ctrl-C carries a hint, which is printed when everything has been taken back."""
    try:
        yield
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(hint) from stop

"""dataloader-windows-broken-pipe."""

from __future__ import annotations

from doctor.facts import Host
from tests.rules.judging import is_cleared, is_open, points_to

RULE = "dataloader-windows-broken-pipe"


def test_a_pipe_that_breaks_on_linux_is_another() -> None:
    assert is_cleared(RULE, host=Host(os="linux"))
    assert is_open(RULE, host=Host(os="windows"))
    assert is_open(RULE, host=Host())


def test_error_texts() -> None:
    assert points_to(RULE, "BrokenPipeError: [Errno 32] Broken pipe")
    assert not points_to(RULE, "IOError: [Errno 2] No such file or directory: 'pipe'")

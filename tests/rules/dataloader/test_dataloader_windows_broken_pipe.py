"""dataloader-windows-broken-pipe."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-windows-broken-pipe"


def test_error_texts() -> None:
    assert points_to(RULE, "BrokenPipeError: [Errno 32] Broken pipe")
    assert not points_to(RULE, "IOError: [Errno 2] No such file or directory: 'pipe'")

"""dataloader-shutdown-noise."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-shutdown-noise"


def test_error_texts() -> None:
    assert points_to(RULE, "AssertionError: can only test a child process")
    assert not points_to(RULE, "AssertionError: can only join a started process")

"""dataloader-timed-out."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-timed-out"


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: DataLoader timed out after 3.0 seconds")
    assert not points_to(RULE, "TimeoutError: connection timed out")

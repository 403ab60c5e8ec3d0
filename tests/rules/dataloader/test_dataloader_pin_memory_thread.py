"""dataloader-pin-memory-thread."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-pin-memory-thread"


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: Pin memory thread exited unexpectedly")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid(s) 4) exited unexpectedly")

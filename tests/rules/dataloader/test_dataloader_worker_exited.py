"""dataloader-worker-exited."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-worker-exited"


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: DataLoader worker (pid(s) 2832, 15200, 1128) exited unexpectedly")
    assert not points_to(RULE, "RuntimeError: Pin memory thread exited unexpectedly")

"""dataloader-worker-segfault."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-worker-segfault"


def test_error_texts() -> None:
    assert points_to(
        RULE,
        "RuntimeError: DataLoader worker (pid 7699) is killed by signal: Segmentation fault. Details are lost due to",
    )
    assert points_to(RULE, "ERROR: Unexpected segmentation fault encountered in worker.")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid 47) is killed by signal: Killed.")

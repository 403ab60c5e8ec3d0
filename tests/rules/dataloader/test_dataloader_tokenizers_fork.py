"""dataloader-tokenizers-fork."""

from __future__ import annotations

from tests.rules.judging import points_to

RULE = "dataloader-tokenizers-fork"


def test_error_texts() -> None:
    assert points_to(
        RULE, "huggingface/tokenizers: The current process just got forked, after parallelism has already been used."
    )
    assert not points_to(RULE, "huggingface/tokenizers: loading")

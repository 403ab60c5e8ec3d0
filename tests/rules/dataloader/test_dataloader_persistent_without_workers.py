"""dataloader-persistent-without-workers."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-persistent-without-workers"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(d, persistent_workers=True)
""",
)
QUIET = (
    """
DataLoader(d, persistent_workers=False)
""",
    """
DataLoader(d, num_workers=2, persistent_workers=True)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "ValueError: persistent_workers option needs num_workers > 0")
    assert not points_to(RULE, "ValueError: num_workers option should be non-negative")

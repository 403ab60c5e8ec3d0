"""dataloader-timeout-without-workers."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-timeout-without-workers"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(d, timeout=5)
""",
    """
DataLoader(d, num_workers=1, timeout=-1)
""",
)
QUIET = (
    """
DataLoader(d, timeout=0)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "AssertionError: _SingleProcessDataLoaderIter requires timeout == 0")
    assert not points_to(RULE, "RuntimeError: DataLoader timed out after 3.0 seconds")

"""dataloader-prefetch-zero."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-prefetch-zero"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(d, num_workers=2, prefetch_factor=0)
""",
)
QUIET = (
    """
DataLoader(d, num_workers=2, prefetch_factor=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "AssertionError: prefetch_factor must be greater than 0 for MultiProcessingDataLoaderIter")
    assert not points_to(RULE, "ValueError: prefetch_factor option could only be specified in multiprocessing")

"""dataloader-out-of-order."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-out-of-order"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
torch.manual_seed(0)
DataLoader(d, num_workers=2, in_order=False)
""",
)
QUIET = (
    """
DataLoader(d, num_workers=2, in_order=True)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

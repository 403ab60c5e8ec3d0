"""dataloader-not-repeatable."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-not-repeatable"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
torch.backends.cudnn.deterministic = True
DataLoader(d, num_workers=2)
""",
)
QUIET = (
    """
torch.manual_seed(0)
DataLoader(d, num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

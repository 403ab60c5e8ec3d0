"""dataloader-workers-do-not-pay."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-workers-do-not-pay"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
from torch.utils.data import TensorDataset
data = TensorDataset(torch.zeros(9))
DataLoader(data, num_workers=2)
""",
)
QUIET = (
    """
from torch.utils.data import TensorDataset
DataLoader(TensorDataset(torch.zeros(9)), num_workers=2, collate_fn=augment)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

"""dataloader-library-threads."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-library-threads"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import polars
class D(Dataset):
    def __getitem__(self, i):
        return polars.read_csv(i)
DataLoader(D(), num_workers=2)
""",
)
QUIET = (
    """
import polars
class D(Dataset):
    def __getitem__(self, i):
        return polars.read_csv(i)
DataLoader(D())
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

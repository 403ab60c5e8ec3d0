"""dataloader-container-growth."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-container-growth"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import pickle
class D(Dataset):
    def __init__(self, file):
        self.rows = pickle.load(file)
    def __getitem__(self, i):
        return self.rows[i]
DataLoader(D("x"), num_workers=2)
""",
)
QUIET = (
    """
import json
class D(Dataset):
    def __init__(self, file):
        self.size = len(json.load(file))
DataLoader(D("x"), num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

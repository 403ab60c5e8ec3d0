"""dataloader-large-dataset-pickled."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-large-dataset-pickled"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import pandas as pd
class D(Dataset):
    def __init__(self, path):
        self.table = pd.read_csv(path)
DataLoader(D("x"), num_workers=2)
""",
)
QUIET = (
    """
import pandas as pd
class D(Dataset):
    def __init__(self, path):
        self.path = path
    def __getitem__(self, i):
        return pd.read_csv(self.path)
DataLoader(D("x"), num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

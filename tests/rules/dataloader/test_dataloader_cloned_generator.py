"""dataloader-cloned-generator."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-cloned-generator"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import random
class D(Dataset):
    def __init__(self):
        self.random = random.Random(0)
    def __getitem__(self, i):
        return self.random.random()
DataLoader(D(), num_workers=2)
""",
    """
class D(Dataset):
    def __init__(self):
        self.generator = torch.Generator().manual_seed(0)
    def __getitem__(self, i):
        return torch.rand(1, generator=self.generator)
DataLoader(D(), num_workers=2)
""",
)
QUIET = (
    """
import numpy as np
class D(Dataset):
    def __init__(self):
        self.rng = np.random.default_rng(0)
        self.order = self.rng.permutation(9)
    def __getitem__(self, i):
        return self.order[i]
DataLoader(D(), num_workers=2)
""",
    """
import random
class D(Dataset):
    def __init__(self):
        self.random = random.Random(0)
    def __getitem__(self, i):
        return self.random.random()
DataLoader(D(), num_workers=2, worker_init_fn=init)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

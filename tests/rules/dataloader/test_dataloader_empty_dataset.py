"""dataloader-empty-dataset."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-empty-dataset"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader([], shuffle=True)
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        return i
DataLoader(D())
""",
)
QUIET = (
    """
rows = []
rows.append(1)
DataLoader(rows, shuffle=True)
""",
    """
class Base(Dataset):
    def __len__(self):
        return 1
class D(Base):
    def __getitem__(self, i):
        return i
DataLoader(D())
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        return i
DataLoader(D(), sampler=Sampler())
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "ValueError: num_samples should be a positive integer value, but got num_samples=0")
    assert not points_to(RULE, "ValueError: empty range for randrange")

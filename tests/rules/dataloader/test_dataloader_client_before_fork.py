"""dataloader-client-before-fork."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-client-before-fork"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import fsspec
class D(Dataset):
    def __init__(self):
        self.files = fsspec.filesystem("gcs")
DataLoader(D(), num_workers=2)
""",
)
QUIET = (
    """
import fsspec
class D(Dataset):
    def __init__(self):
        self.rows = fsspec.filesystem("gcs").ls("x")
DataLoader(D(), num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

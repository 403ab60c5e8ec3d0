"""dataloader-worker-exception-type."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-worker-exception-type"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
class Bad(Exception):
    def __init__(self, path, line):
        pass
class D(Dataset):
    def __getitem__(self, i):
        raise Bad("x", i)
DataLoader(D(), num_workers=1)
""",
)
QUIET = (
    """
class Bad(Exception):
    def __init__(self, path, line=0):
        pass
class D(Dataset):
    def __getitem__(self, i):
        raise Bad("x")
DataLoader(D(), num_workers=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

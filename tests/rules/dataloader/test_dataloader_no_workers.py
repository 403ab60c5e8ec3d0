"""dataloader-no-workers."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-no-workers"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
from PIL import Image
class D(Dataset):
    def __getitem__(self, i):
        return Image.open(i)
DataLoader(D())
""",
)
QUIET = (
    """
class D(Dataset):
    def __getitem__(self, i):
        return i
DataLoader(D())
""",
    """
from torchvision.datasets import ImageFolder
DataLoader(ImageFolder("x", t), num_workers=0)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

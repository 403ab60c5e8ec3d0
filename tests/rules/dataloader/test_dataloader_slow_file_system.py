"""dataloader-slow-file-system."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-slow-file-system"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(Folder("/mnt/d/data"), num_workers=2)
""",
    r"""
DataLoader(Folder(r"\\server\share\data"), num_workers=2)
""",
)
QUIET = (
    """
DataLoader(Folder("/mnt/data"), num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

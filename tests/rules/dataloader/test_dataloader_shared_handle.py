"""dataloader-shared-handle."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-shared-handle"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
class D(Dataset):
    def __init__(self, path):
        self.file = open(path)
    def __getitem__(self, i):
        self.file.seek(i)
        return self.file.read(1)
DataLoader(D("x"), num_workers=1)
""",
)
QUIET = (
    """
class D(Dataset):
    def __init__(self, path):
        self.file = open(path)
        self.rows = self.file.read()
    def __getitem__(self, i):
        return self.rows[i]
DataLoader(D("x"), num_workers=1)
""",
    """
import threading
class D(Dataset):
    def __init__(self):
        self.lock = threading.Lock()
    def __getitem__(self, i):
        with self.lock:
            return i
DataLoader(D(), num_workers=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "KeyError: 'Unable to open object (bad object header version number)'")
    assert not points_to(RULE, "KeyError: 'Unable to open object (object 'images' doesn't exist)'")

"""dataloader-open-handle."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-open-handle"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import h5py
class D(Dataset):
    def __init__(self, path):
        self.data = h5py.File(path)["images"]
DataLoader(D("x"), num_workers=1)
""",
    """
class D(Dataset):
    def __init__(self, paths):
        self.files = [open(p) for p in paths]
DataLoader(D("x"), num_workers=1)
""",
    """
import threading
class D(Dataset):
    def __init__(self):
        self.lock = threading.Lock()
DataLoader(D(), num_workers=1)
""",
    """
class D(Dataset):
    def __init__(self, path):
        self.open(path)
    def open(self, path):
        self.file = open(path)
DataLoader(D("x"), num_workers=1)
""",
    """
import json
class D(Dataset):
    def __init__(self):
        self.rows = (row for row in range(9))
        self.json = json
DataLoader(D(), num_workers=1)
""",
)
QUIET = (
    """
import h5py
class D(Dataset):
    def __init__(self, path):
        self.data = h5py.File(path)["images"][:]
        self.length = h5py.File(path)["images"].shape[0]
        self.names = list(h5py.File(path).keys())
DataLoader(D("x"), num_workers=1)
""",
    """
class D(Dataset):
    def __init__(self, path):
        with open(path) as file:
            self.rows = file.readlines()
DataLoader(D("x"), num_workers=1)
""",
    """
class D(Dataset):
    def __init__(self, path):
        self.file = open(path)
        self.rows = self.file.read()
        self.file.close()
DataLoader(D("x"), num_workers=1)
""",
    """
class D(Dataset):
    def __init__(self, path):
        self.file = open(path)
    def __getstate__(self):
        return {}
DataLoader(D("x"), num_workers=1)
""",
    """
class D(Dataset):
    def __init__(self, path):
        self.file = open(path)
DataLoader(D("x"), num_workers=0)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "TypeError: h5py objects cannot be pickled")
    assert points_to(RULE, "TypeError: cannot pickle '_io.TextIOWrapper' object")
    assert points_to(RULE, "TypeError: can't pickle Environment objects")
    assert not points_to(RULE, "FileNotFoundError: [Errno 2] No such file or directory: 'data.h5'")

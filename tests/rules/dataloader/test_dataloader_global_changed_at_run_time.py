"""dataloader-global-changed-at-run-time."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-global-changed-at-run-time"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
SETTINGS = {}
class D(Dataset):
    def __getitem__(self, i):
        return SETTINGS["scale"]
def main():
    SETTINGS.update(scale=1)
    DataLoader(D(), num_workers=1)
if __name__ == "__main__":
    main()
""",
    """
SCALE = 1
class D(Dataset):
    def __getitem__(self, i):
        return SCALE
def main():
    global SCALE
    SCALE = 2
    DataLoader(D(), num_workers=1)
if __name__ == "__main__":
    main()
""",
)
QUIET = (
    """
SETTINGS = {}
SETTINGS["scale"] = 1
class D(Dataset):
    def __getitem__(self, i):
        return SETTINGS["scale"]
if __name__ == "__main__":
    DataLoader(D(), num_workers=1)
""",
    """
CACHE = {}
class D(Dataset):
    def __getitem__(self, i):
        CACHE[i] = i
        return CACHE[i]
if __name__ == "__main__":
    DataLoader(D(), num_workers=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

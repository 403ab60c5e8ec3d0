"""dataloader-workers-restarted."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-workers-restarted"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
def main():
    for epoch in range(9):
        loader = DataLoader(d, num_workers=2)
        for x in loader:
            pass
""",
    """
def train(loader):
    for x in loader:
        pass
def main():
    loader = DataLoader(d, num_workers=2)
    for epoch in range(9):
        train(loader)
""",
)
QUIET = (
    """
def main():
    loader = DataLoader(d, num_workers=2)
    for x in loader:
        for i in range(3):
            pass
""",
    """
def main():
    loader = DataLoader(d, num_workers=2, persistent_workers=True)
    for epoch in range(9):
        for x in loader:
            pass
""",
    """
def main():
    loader = DataLoader(d)
    for epoch in range(9):
        for x in loader:
            pass
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

"""fork-deadlock-threads."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "fork-deadlock-threads"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import cv2
class D(Dataset):
    def __getitem__(self, i):
        return cv2.imread(i)
def main():
    cv2.imread("mean.png")
    for x in DataLoader(D(), num_workers=1):
        pass
""",
)
QUIET = (
    """
import cv2
cv2.setNumThreads(0)
class D(Dataset):
    def __getitem__(self, i):
        return cv2.imread(i)
def main():
    cv2.imread("mean.png")
    for x in DataLoader(D(), num_workers=1):
        pass
""",
    """
import threading
def main():
    for x in DataLoader(d, num_workers=1):
        pass
    threading.Thread(target=print).start()
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(
        RULE,
        "DeprecationWarning: This process (pid=7) is multi-threaded, use of fork() may lead to deadlocks in the child.",
    )
    assert not points_to(RULE, "fatal: detected deadlock")

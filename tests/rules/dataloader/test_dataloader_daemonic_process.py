"""dataloader-daemonic-process."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-daemonic-process"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import multiprocessing as mp
def work(n):
    for x in DataLoader(d, num_workers=2):
        pass
mp.Process(target=work, daemon=True).start()
""",
)
QUIET = (
    """
import multiprocessing as mp
def work(n):
    for x in DataLoader(d, num_workers=2):
        pass
mp.Process(target=work).start()
""",
    """
from multiprocessing import Pool
def work(n):
    for x in DataLoader(d):
        pass
Pool(2).map(work, [1])
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "AssertionError: daemonic processes are not allowed to have children")
    assert not points_to(RULE, "RuntimeError: can't start new thread")

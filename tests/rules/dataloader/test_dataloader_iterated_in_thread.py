"""dataloader-iterated-in-thread."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-iterated-in-thread"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
from concurrent.futures import ThreadPoolExecutor
def work():
    for x in DataLoader(d, num_workers=2):
        pass
ThreadPoolExecutor().submit(work)
""",
)
QUIET = (
    """
import threading
def work():
    for x in DataLoader(d):
        pass
threading.Thread(target=work).start()
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

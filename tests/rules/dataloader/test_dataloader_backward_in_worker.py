"""dataloader-backward-in-worker."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-backward-in-worker"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
class D(Dataset):
    def __getitem__(self, i):
        torch.zeros(1).backward()
DataLoader(D(), num_workers=1)
""",
)
QUIET = (
    """
for x in DataLoader(d, num_workers=1):
    x.backward()
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
        "RuntimeError: Unable to handle autograd's threading in combination with fork-based multiprocessing. See https://",
    )
    assert not points_to(RULE, "RuntimeError: Trying to backward through the graph a second time")

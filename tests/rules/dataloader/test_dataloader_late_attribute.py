"""dataloader-late-attribute."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-late-attribute"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
loader = DataLoader(d)
loader.dataset = other
""",
    """
class T:
    def __init__(self):
        self.loader = DataLoader(d)
        self.loader.drop_last = True
""",
)
QUIET = (
    """
loader = DataLoader(d)
loader.num_workers = 2
""",
    """
model.batch_size = 2
loader = DataLoader(d)
loader.dataset.transform = None
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "ValueError: batch_size attribute should not be set after DataLoader is initialized")
    assert not points_to(RULE, "AttributeError: can't set attribute 'batch_size'")

"""dataloader-batch-not-sendable."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-batch-not-sendable"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
class D(Dataset):
    def __init__(self):
        self.net = torch.nn.Linear(2, 2)
    def __getitem__(self, i):
        return self.net(torch.zeros(2)), i
DataLoader(D(), num_workers=1)
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        return {"rows": (x for x in range(i))}
DataLoader(D(), num_workers=1)
""",
)
QUIET = (
    """
class D(Dataset):
    def __init__(self):
        self.net = torch.nn.Linear(2, 2)
    def __getitem__(self, i):
        with torch.no_grad():
            return self.net(torch.zeros(2)), i
DataLoader(D(), num_workers=1)
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        return sum(x for x in range(i))
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
    assert points_to(
        RULE,
        "RuntimeError: Cowardly refusing to serialize non-leaf tensor which requires_grad, since autograd does not",
    )
    assert not points_to(RULE, "RuntimeError: element 0 of tensors does not require grad")

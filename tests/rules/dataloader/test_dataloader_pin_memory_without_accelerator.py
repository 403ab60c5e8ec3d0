"""dataloader-pin-memory-without-accelerator."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-pin-memory-without-accelerator"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
for x in DataLoader(d, pin_memory=True):
    pass
""",
    """
DataLoader(d, pin_memory_device="cuda")
""",
)
QUIET = (
    """
DataLoader(d, pin_memory=torch.cuda.is_available())
""",
    """
for x in DataLoader(d, pin_memory=True):
    x.cuda()
""",
    """
loader = DataLoader(d, pin_memory=True)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "UserWarning: 'pin_memory' argument is set as true but no accelerator is found, then device")
    assert not points_to(RULE, "RuntimeError: Pin memory thread exited unexpectedly")

"""dataloader-bad-size."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-bad-size"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import os
DataLoader(d, num_workers=os.cpu_count() / 2)
""",
    """
n = 8 / 2
DataLoader(d, batch_size=n)
""",
    """
DataLoader(d, num_workers=-1)
""",
    """
DataLoader(d, num_workers=None)
""",
    """
DataLoader(d, batch_size=0)
""",
)
QUIET = (
    """
import os
DataLoader(d, num_workers=os.cpu_count() // 2, batch_size=int(9 / 2))
""",
    """
DataLoader(d, batch_size=None, num_workers=0)
""",
    """
DataLoader(d, batch_size=args.batch)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "ValueError: batch_size should be a positive integer value, but got batch_size=0")
    assert not points_to(RULE, "ValueError: num_samples should be a positive integer value")

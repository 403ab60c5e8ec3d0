"""dataloader-bad-context."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-bad-context"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(d, num_workers=1, multiprocessing_context="thread")
""",
    """
DataLoader(d, multiprocessing_context="spawn")
""",
    """
DataLoader(d, num_workers=1, multiprocessing_context="fork")
""",
)
QUIET = (
    """
import sys
DataLoader(d, num_workers=1, multiprocessing_context="fork" if sys.platform == "linux" else None)
""",
    """
DataLoader(d, num_workers=1, multiprocessing_context="spawn")
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "ValueError: multiprocessing_context option should specify a valid start method in ['fork']")
    assert not points_to(RULE, "RuntimeError: context has already been set")

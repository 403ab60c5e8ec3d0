"""dataloader-unpicklable."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-unpicklable"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(d, num_workers=1, collate_fn=lambda rows: rows)
""",
)
QUIET = (
    """
DataLoader(d, collate_fn=lambda rows: rows)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "AttributeError: Can't pickle local object 'get_cifar.<locals>.<lambda>'")
    assert points_to(RULE, "AttributeError: Can't get local object 'main.<locals>.collate'")
    assert points_to(
        RULE,
        "_pickle.PicklingError: Can't pickle <function <lambda> at 0x7f>: attribute lookup <lambda> on __main__ failed",
    )
    assert not points_to(RULE, "_pickle.UnpicklingError: invalid load key, '<'.")

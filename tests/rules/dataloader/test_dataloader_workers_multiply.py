"""dataloader-workers-multiply."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-workers-multiply"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import torch.distributed as dist
dist.init_process_group("nccl")
a = DataLoader(d, num_workers=2, persistent_workers=True)
b = DataLoader(d, num_workers=2, persistent_workers=True)
""",
)
QUIET = (
    """
a = DataLoader(d, num_workers=2, persistent_workers=True)
b = DataLoader(d, num_workers=2, persistent_workers=True)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

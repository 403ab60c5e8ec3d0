"""dataloader-sampler-conflict."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-sampler-conflict"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
DataLoader(d, shuffle=True, sampler=Sampler(d))
""",
    """
DataLoader(d, 4, batch_sampler=Sampler(d))
""",
    """
DataLoader(d, batch_size=None, drop_last=True)
""",
    """
from torch.utils.data import IterableDataset
class S(IterableDataset):
    def __iter__(self):
        return iter([])
DataLoader(S(), shuffle=True)
""",
)
QUIET = (
    """
sampler = Sampler(d) if distributed else None
DataLoader(d, shuffle=sampler is None, sampler=sampler)
""",
    """
DataLoader(d, shuffle=False, sampler=Sampler(d))
""",
    """
DataLoader(d, batch_size=1, batch_sampler=Sampler(d))
""",
    """
DataLoader(d, batch_size=None, sampler=Sampler(d))
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
        RULE, "ValueError: batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last"
    )
    assert not points_to(RULE, "ValueError: num_samples should be a positive integer value, but got num_samples=0")

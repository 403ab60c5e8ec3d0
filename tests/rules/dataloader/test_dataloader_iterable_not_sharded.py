"""dataloader-iterable-not-sharded."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-iterable-not-sharded"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
from torch.utils.data import IterableDataset
class S(IterableDataset):
    def __iter__(self):
        with open("x") as file:
            yield from file
DataLoader(S(), num_workers=2)
""",
)
QUIET = (
    """
from torch.utils.data import IterableDataset
class S(IterableDataset):
    def rows(self):
        return torch.utils.data.get_worker_info()
    def __iter__(self):
        yield from self.rows()
DataLoader(S(), num_workers=2)
""",
    """
from torch.utils.data import IterableDataset
class S(IterableDataset):
    def __iter__(self):
        while True:
            yield torch.rand(3)
DataLoader(S(), num_workers=2)
""",
    """
from torch.utils.data import IterableDataset
class S(IterableDataset):
    def __iter__(self):
        yield 1
DataLoader(S(), num_workers=0)
""",
    """
from torch.utils.data import IterableDataset
class S(IterableDataset):
    def __iter__(self):
        yield 1
DataLoader(S(), num_workers=2, worker_init_fn=shard)
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
        RULE, "UserWarning: Length of IterableDataset <S> was reported to be 4(when accessing len(dataloader))"
    )
    assert not points_to(RULE, "UserWarning: Length of split at index 1 is 0")

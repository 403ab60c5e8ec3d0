"""dataloader-defined-under-guard."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-defined-under-guard"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
if __name__ == "__main__":
    def collate(rows):
        return rows
    DataLoader(d, num_workers=1, collate_fn=collate)
""",
)
QUIET = (
    """
if __name__ == "__main__":
    class D(Dataset):
        pass
    DataLoader(D())
""",
    """
if __name__ == "__main__":
    class Net:
        pass
    DataLoader(d, num_workers=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "AttributeError: Can't get attribute 'G' on <module '__mp_main__' from 'train.py'>")
    assert not points_to(RULE, "AttributeError: Can't get attribute 'G' on <module 'models' from 'models.py'>")

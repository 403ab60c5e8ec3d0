"""dataloader-global-under-guard."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-global-under-guard"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
def collate(rows):
    return rows[:LIMIT]
if __name__ == "__main__":
    LIMIT = 3
    DataLoader(d, num_workers=1, collate_fn=collate)
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        return args.scale
def main():
    global args
    args = parse()
    DataLoader(D(), num_workers=1)
if __name__ == "__main__":
    main()
""",
)
QUIET = (
    """
LIMIT = 3
def collate(rows):
    return rows[:LIMIT]
if __name__ == "__main__":
    DataLoader(d, num_workers=1, collate_fn=collate)
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        limit = 3
        return [limit for limit in range(i)]
if __name__ == "__main__":
    limit = 3
    DataLoader(D(), num_workers=1)
""",
    """
def train():
    return LIMIT
if __name__ == "__main__":
    LIMIT = 3
    DataLoader(d, num_workers=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

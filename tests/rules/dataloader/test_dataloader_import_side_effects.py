"""dataloader-import-side-effects."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-import-side-effects"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
from transformers import AutoModel
model = AutoModel.from_pretrained("x")
def main():
    for x in DataLoader(d, num_workers=2):
        pass
if __name__ == "__main__":
    main()
""",
)
QUIET = (
    """
def main():
    from transformers import AutoModel
    model = AutoModel.from_pretrained("x")
    for x in DataLoader(d, num_workers=2):
        pass
if __name__ == "__main__":
    main()
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)

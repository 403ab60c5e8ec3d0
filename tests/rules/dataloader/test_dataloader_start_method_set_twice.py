"""dataloader-start-method-set-twice."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-start-method-set-twice"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
import torch.multiprocessing as mp
mp.set_start_method("spawn")
if __name__ == "__main__":
    DataLoader(d, num_workers=2)
""",
    """
import multiprocessing as mp
def main():
    mp.set_start_method("spawn")
    mp.set_start_method("fork")
""",
)
QUIET = (
    """
import multiprocessing as mp
mp.set_start_method("spawn", force=True)
DataLoader(d, num_workers=2)
""",
    """
import multiprocessing as mp
try:
    mp.set_start_method("spawn")
except RuntimeError:
    pass
DataLoader(d, num_workers=2)
""",
    """
import multiprocessing as mp
if __name__ == "__main__":
    mp.set_start_method("spawn")
    DataLoader(d, num_workers=2)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: context has already been set")
    assert not points_to(RULE, "RuntimeError: CUDA context is already set up")

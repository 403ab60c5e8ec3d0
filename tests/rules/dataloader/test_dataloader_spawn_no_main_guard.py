"""dataloader-spawn-no-main-guard."""

from __future__ import annotations

import pytest

from tests.rules.judging import points_to
from tests.source.snippets import rules

RULE = "dataloader-spawn-no-main-guard"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
for x in DataLoader(d, num_workers=2):
    pass
""",
)
QUIET = (
    """
if __name__ == "__main__":
    for x in DataLoader(d, num_workers=2):
        pass
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: An attempt has been made to start a new process before the")
    assert points_to(RULE, "        current process has finished its bootstrapping phase.")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid(s) 35464) exited unexpectedly")

"""fork-after-cuda-init."""

from __future__ import annotations

import pytest

from doctor.facts import Host
from tests.rules.judging import is_cleared, is_open, points_to
from tests.source.snippets import rules

RULE = "fork-after-cuda-init"
HEAD = """
import torch
from torch.utils.data import DataLoader, Dataset
"""
FOUND = (
    """
class D(Dataset):
    def __getitem__(self, i):
        return torch.zeros(i, device="cuda:0")
DataLoader(D(), num_workers=1)
""",
    """
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
def collate(rows):
    return torch.stack(rows).to(device)
DataLoader(d, num_workers=1, collate_fn=collate)
""",
    """
if torch.cuda.is_available():
    torch.set_default_tensor_type("torch.cuda.FloatTensor")
def train():
    return DataLoader(d, num_workers=4)
""",
    """
torch.set_default_device("cuda")
loader = DataLoader(d, num_workers=4)
""",
    """
torch.set_default_tensor_type(torch.cuda.FloatTensor)
loader = DataLoader(d, num_workers=4)
""",
)
QUIET = (
    """
torch.set_default_tensor_type("torch.FloatTensor")
loader = DataLoader(d, num_workers=4)
""",
    """
torch.set_default_tensor_type("torch.cuda.FloatTensor")
loader = DataLoader(d)
""",
    """
class D(Dataset):
    def __getitem__(self, i):
        return torch.zeros(i)
for x in DataLoader(D(), num_workers=1):
    x.cuda()
""",
    """
class D(Dataset):
    def __init__(self):
        self.rows = torch.zeros(9).cuda().cpu()
    def __getitem__(self, i):
        return self.rows[i]
DataLoader(D(), num_workers=1)
""",
)


@pytest.mark.parametrize("source", FOUND)
def test_found(source: str) -> None:
    assert RULE in rules(HEAD + source)


@pytest.mark.parametrize("source", QUIET)
def test_near_misses(source: str) -> None:
    assert RULE not in rules(HEAD + source)


def test_no_fork_on_windows() -> None:
    assert is_cleared(RULE, host=Host(os="windows"))
    assert is_open(RULE, host=Host(os="linux"))
    assert is_open(RULE, host=Host())


def test_error_texts() -> None:
    assert points_to(
        RULE, "RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing"
    )
    assert not points_to(RULE, "RuntimeError: CUDA error: device-side assert triggered")

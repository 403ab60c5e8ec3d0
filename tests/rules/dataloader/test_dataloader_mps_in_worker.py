"""dataloader-mps-in-worker."""

from __future__ import annotations

from tests.rules.judging import points_to
from tests.source.snippets import EVERYWHERE, LINUX, rules

RULE = "dataloader-mps-in-worker"
MAKE = """
import torch
from torch.utils.data import DataLoader
device = torch.device("{device}")
def collate(rows):
    return torch.stack(rows).to(device)
DataLoader(d, num_workers=1, collate_fn=collate)
"""


def test_found_on_macos_only() -> None:
    assert rules(MAKE.format(device="mps"), EVERYWHERE)[RULE] == "error"
    assert RULE not in rules(MAKE.format(device="mps"), LINUX)
    assert RULE not in rules(MAKE.format(device="cpu"), EVERYWHERE)


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: _share_filename_: only available on CPU")
    assert not points_to(RULE, "RuntimeError: MPS backend out of memory")

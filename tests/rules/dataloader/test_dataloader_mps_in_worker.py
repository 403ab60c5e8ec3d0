"""dataloader-mps-in-worker."""

from __future__ import annotations

from doctor.facts import Host
from tests.rules.judging import is_cleared, is_open, points_to
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


def test_only_a_mac_has_the_device() -> None:
    assert is_cleared(RULE, host=Host(os="linux"))
    assert is_cleared(RULE, host=Host(os="windows"))
    assert is_open(RULE, host=Host(os="macos"))
    assert is_open(RULE, host=Host())


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: _share_filename_: only available on CPU")
    assert not points_to(RULE, "RuntimeError: MPS backend out of memory")

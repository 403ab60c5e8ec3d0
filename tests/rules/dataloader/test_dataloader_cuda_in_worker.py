"""dataloader-cuda-in-worker."""

from __future__ import annotations

import msgspec

from tests.rules.judging import points_to
from tests.source.snippets import EVERYWHERE, LINUX, rules

RULE = "dataloader-cuda-in-worker"
WINDOWS = msgspec.structs.replace(EVERYWHERE, platforms=("windows",))
MAKE = """
import torch
from torch.utils.data import DataLoader, Dataset
class D(Dataset):
    def __getitem__(self, i):
        return torch.zeros(i){where}
DataLoader(D(), num_workers=1)
"""


def test_found_where_workers_are_not_forked() -> None:
    assert rules(MAKE.format(where=".cuda()"), WINDOWS)[RULE] == "error"
    assert rules(MAKE.format(where=".to('cuda:1')"), WINDOWS)[RULE] == "error"


def test_forked_workers_have_their_own_rule() -> None:
    for judged in (LINUX, EVERYWHERE):
        found = rules(MAKE.format(where=".cuda()"), judged)
        assert RULE not in found
        assert found["fork-after-cuda-init"] == "error"


def test_quiet_on_the_cpu() -> None:
    assert RULE not in rules(MAKE.format(where=".to('cpu')"), WINDOWS)


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: Cannot pickle CUDA storage; try pickling a CUDA tensor instead")
    assert not points_to(RULE, "RuntimeError: CUDA out of memory.")

"""windows-distributed-libuv."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-distributed-libuv"
TEXTS = [
    "RuntimeError: use_libuv was requested but PyTorch was build without libuv support",
    "torch.distributed.DistStoreError: use_libuv was requested but PyTorch was built without libuv support",
]
OTHERS = [
    "libuv.so.1: cannot open shared object file",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

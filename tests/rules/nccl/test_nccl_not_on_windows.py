"""nccl-not-on-windows."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-not-on-windows"
TEXTS = [
    "RuntimeError: Distributed package doesn't have NCCL built in",
    "RuntimeError: Distributed package doesn't have NCCL",
    "Attempted to get default timeout for nccl backend, but NCCL support is not compiled",
]
OTHERS = [
    "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:784, invalid usage",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

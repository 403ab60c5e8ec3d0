"""nccl-usage-error."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-usage-error"
TEXTS = [
    "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:784, invalid usage, NCCL version 2.7.8",
    "host:1:2 [0] init.cc:521 NCCL WARN Duplicate GPU detected : rank 1 and rank 0 both on CUDA device 1000",
    "ncclInvalidUsage: This usually reflects invalid usage of NCCL library.",
]
OTHERS = [
    "TypeError: invalid usage of keyword argument",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

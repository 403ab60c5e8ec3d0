"""nccl-unhandled-cuda-error."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-unhandled-cuda-error"
TEXTS = [
    "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:911, unhandled cuda error, NCCL version 2.7.8",
    "ncclUnhandledCudaError: Call to CUDA function failed.",
    "host:1:2 [0] enqueue.cc:1234 NCCL WARN Cuda failure 'named symbol not found'",
]
OTHERS = [
    "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:839, unhandled system error, NCCL version 2.8.3",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

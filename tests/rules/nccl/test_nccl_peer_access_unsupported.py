"""nccl-peer-access-unsupported."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-peer-access-unsupported"
TEXTS = [
    "p2p.cu:548 NCCL WARN 217 peer access is not supported between these two devices",
    "RuntimeError: CUDA error: peer access is not supported between these two devices",
]
OTHERS = [
    "RuntimeError: CUDA error: peer access is already enabled",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

"""nccl-p2p-hang."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-p2p-hang"
TEXTS = [
    "[Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=1, OpType=ALLREDUCE)",
    'host:1:2 [0] init.cc:179 NCCL WARN Missing "iommu=pt" from kernel command line',
]
OTHERS = [
    "TimeoutError: collective call to the service timed out",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

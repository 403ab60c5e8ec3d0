"""collective-timeout."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "collective-timeout"
TEXTS = [
    "[rank1]:[E ProcessGroupNCCL.cpp:616] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=7, "
    "OpType=ALLREDUCE, Timeout(ms)=600000) ran for 600012 milliseconds before timing out.",
]
OTHERS = [
    "TimeoutError: The read operation timed out",
    "the job ran for 600012 milliseconds",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

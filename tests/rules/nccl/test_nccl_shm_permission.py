"""nccl-shm-permission."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-shm-permission"
TEXTS = [
    "host:12:34 [0] misc/shmutils.cc:72 NCCL WARN Error: failed to open /dev/shm/nccl-abc: Permission denied",
]
OTHERS = [
    "PermissionError: [Errno 13] Permission denied: '/home/user/x'",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

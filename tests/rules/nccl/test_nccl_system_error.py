"""nccl-system-error."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-system-error"
TEXTS = [
    "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:839, unhandled system error, NCCL version 2.8.3",
    "ncclSystemError: System call (e.g. socket, malloc) or external library call failed or device error.",
    "ncclRemoteError: A call failed possibly due to a network error or a remote process exiting prematurely.",
    "NCCL WARN Call to connect returned Connection refused, retrying",
    "torch.distributed.DistBackendError: [2] NCCL communicator was aborted: Connection reset by peer",
]
OTHERS = [
    "connection reset by peer",
    "RuntimeError: NCCL error in: ProcessGroupNCCL.cpp:784, invalid usage, NCCL version 2.7.8",
    "OSError: system error 5 has occurred",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_a_rank_that_was_waited_for_in_vain_made_no_system_call_fail():
    told = (
        "[1] is setting up NCCL communicator and retrieving ncclUniqueId from [0] via c10d key-value store by key '0'"
    )
    assert points_to(RULE, f"{told}, but store->get('0') got error: Connection reset by peer")
    assert not points_to(RULE, f"{told}, but store->get('0') got error: Socket Timeout")

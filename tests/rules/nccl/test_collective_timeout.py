"""collective-timeout."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "collective-timeout"
TEXTS = [
    "[rank1]:[E ProcessGroupNCCL.cpp:616] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=7, "
    "OpType=ALLREDUCE, Timeout(ms)=600000) ran for 600012 milliseconds before timing out.",
    # after hundreds of thousands of good steps
    "[E ProcessGroupNCCL.cpp:828] [Rank 2] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=401233, "
    "OpType=ALLREDUCE, Timeout(ms)=1800000) ran for 1800754 milliseconds before timing out.\nterminate called after "
    "throwing an instance of 'std::runtime_error'",
    "RuntimeError: [/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:534] Connection closed by peer [10.1.0.7]:401",
    "RuntimeError: Work WorkNCCL(SeqNum=12, OpType=BROADCAST, Timeout(ms)=60000) timed out in blocking wait "
    "(TORCH_NCCL_BLOCKING_WAIT=1).",
    "[Rank 1] Watchdog caught collective operation timeout: WorkXCCL(SeqNum=88, OpType=ALLREDUCE, NumelIn=1) ran for "
    "600004 milliseconds before timing out.",
    "[PG ID 0 PG GUID 0(default_pg) Rank 0] Received a dump signal due to a collective timeout from  rank 6 and we "
    "will try our best to dump the debug info.",
    "torch.distributed.DistBackendError: [1] is setting up NCCL communicator and retrieving ncclUniqueId from [0] via "
    "c10d key-value store by key '0', but store->get('0') got error: wait timeout after 600000ms, keys: /default_pg/0",
    "[PG 0 Rank 7] ProcessGroupNCCL's watchdog got stuck for 600 seconds without making progress in monitoring",
]
OTHERS = [
    "TimeoutError: The read operation timed out",
    "the job ran for 600012 milliseconds",
    "asyncio.exceptions.TimeoutError: the queue was empty for 600000 milliseconds",
    "NCCL watchdog thread terminated with exception: CUDA error: out of memory",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

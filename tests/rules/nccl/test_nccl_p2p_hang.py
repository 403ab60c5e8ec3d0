"""nccl-p2p-hang."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU
from tests.rules.judging import facts_of, points_to

RULE = "nccl-p2p-hang"
TEXTS = [
    "NCCL WARN ACS is enabled on some bridges: P2P between the GPUs may hang",
    "NCCL WARN P2P is disabled between connected GPUs 1 and 0. You can repress this message",
    "all_reduce hangs when peer-to-peer transfers are on",
    'host:1:2 [0] init.cc:179 NCCL WARN Missing "iommu=pt" from kernel command line',
]
OTHERS = [
    "TimeoutError: collective call to the service timed out",
    "[Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=1, OpType=ALLREDUCE)",
    "[Rank 3] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=469508, OpType=ALLREDUCE, NumelIn=1)",
    "[Rank 1] Some NCCL operations have failed or timed out. Due to the asynchronous nature of CUDA kernels",
    "DDP training seems to freeze after epoch 3",
    "it still hangs with NCCL_P2P_DISABLE=1",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_a_run_without_direct_transfers_is_tried_first():
    ran, *looks = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert ran.commands == (("env", "NCCL_P2P_DISABLE=1", "torchrun", "PROGRAM.py"),)
    assert [r.commands[0] for r in looks] == [("nvidia-smi", "topo", "-m"), ("sudo", "lspci", "-vvv")]

"""ib-fabric-fault."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU
from tests.rules.judging import facts_of, points_to

RULE = "ib-fabric-fault"


def test_transfers_and_adapters():
    assert points_to(RULE, "NCCL WARN Call to ibv_create_cq failed with error Cannot allocate memory")
    assert points_to(
        RULE, "NCCL WARN NET/IB: Got CQE with error (devIndex=0, req=0x1, comm=0x2 (send), wr_id=3, qp_num=9)"
    )
    assert points_to(RULE, "NET/IB : Attempted to connect incompatible devices: [0]mlx5_0:1/IB and [1]mlx5_1:1/RoCE")


def test_what_nccl_says_of_sound_adapters():
    assert not points_to(RULE, "NCCL INFO NET/IB : Using [0]mlx5_0:1/IB [RO]; OOB eth0:10.0.0.4<0>")
    assert not points_to(RULE, "NCCL INFO Call to ibv_query_ece skipped, internal_name doesn't exist")
    assert not points_to(RULE, "Call to ibv_set_ece failed with error Operation not supported errno 95")
    assert not points_to(RULE, "NCCL WARN Call to bind failed: Address already in use")


def test_the_fabric_is_told_from_the_program_first():
    without, *_ = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert without.commands == (("env", "NCCL_IB_DISABLE=1", "torchrun", "PROGRAM.py"),)

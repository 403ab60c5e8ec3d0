"""rendezvous-failed."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU
from tests.rules.judging import facts_of, points_to

RULE = "rendezvous-failed"


def test_old_and_new_stores():
    assert points_to(RULE, "RuntimeError: connect() timed out. Original timeout was 1800000 ms.")
    assert points_to(RULE, "torch.distributed.DistStoreError: Socket Timeout")
    assert points_to(RULE, "TimeoutError: timed out waiting for all 4 members to join")
    assert points_to(
        RULE, "Timed out waiting on barrier on rank 0, for key prefix: /init (world_size=4, missing_ranks=[3])"
    )


def test_other_time_outs_are_none():
    assert not points_to(RULE, "TimeoutError: timed out waiting for the lock")
    assert not points_to(RULE, "socket.timeout: timed out")
    assert not points_to(
        RULE, "[W TCPStore.cpp:125] [c10d] recvValue failed on SocketImpl(fd=4): Connection reset by peer"
    )
    assert not points_to(
        RULE, "has failed to send a keep-alive heartbeat due to an error of type RendezvousConnectionError."
    )


def test_one_machine_needs_no_address():
    _, alone, several = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert "--standalone" in alone.commands[0]
    assert "MASTER_ADDR:29500" in several.commands[0]

"""nccl-socket-ifname."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "nccl-socket-ifname"
TEXTS = [
    "host:1:2 [0] bootstrap.cc:45 NCCL WARN Bootstrap : no socket interface found",
    "ncclSocketInit: connecting to address  with family 59936 is neither AF_INET(2) nor AF_INET6(10)",
    "include/socket.h:344 NCCL WARN Socket creation failed : Address family not supported by protocol",
]
OTHERS = [
    "NCCL INFO Bootstrap : Using [0]eth0:10.1.2.3<0>",
    "urllib3.exceptions.ProtocolError: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
    "connection reset by peer",
    "NCCL WARN Net : Connection from remote peer failed: Connection reset by peer",
    "NCCL WARN Call to connect returned Connection refused, retrying",
]


@pytest.mark.parametrize("line", TEXTS)
def test_texts(line):
    assert points_to(RULE, line)
    assert explain.causes(line)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

"""rendezvous-port-in-use."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "rendezvous-port-in-use"
TEXTS = [
    "[W socket.cpp:436] [c10d] The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use)",
    "torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. "
    "port: 29500, EADDRINUSE",
]
OTHERS = [
    "OSError: [Errno 98] Address already in use",
    "[c10d] The client socket has failed to connect to [node0]:29500 (errno: 110 - Connection timed out).",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

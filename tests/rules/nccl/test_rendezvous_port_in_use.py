"""rendezvous-port-in-use."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "rendezvous-port-in-use"
TEXTS = [
    "[W socket.cpp:436] [c10d] The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use)",
    "torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. "
    "port: 29500, EADDRINUSE",
    "torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. "
    "port: 29500, useIpv6: false, code: -98, name: EADDRINUSE, message: address already in use",
    "RuntimeError: Address already in use",
    "[W socket.cpp:464] [c10d] The server socket has failed to bind to [::]:29500 (system error: 10048 - Only one usage"
    " of each socket address (protocol/network address/port) is normally permitted.).",
    "RuntimeError: The server socket has failed to bind to [::]:29500 (errno: 48 - Address already in use).",
    "ConnectionError: Tried to launch distributed communication on port `29500`, but another process is utilizing it.",
    "[default0]:torch.distributed.DistNetworkError: on 10.2.0.4, port: 29500 already in use",
    "RuntimeError: The server socket has failed to bind to [::]:29500 (errno: 98 - 地址已在使用).",
]
OTHERS = [
    "OSError: [Errno 98] Address already in use",
    # the address belongs to another machine, the port is free
    "torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. "
    "port: 29500, useIpv6: false, code: -99, name: EADDRNOTAVAIL, message: address not available",
    "[c10d] The client socket has failed to connect to [node0]:29500 (errno: 110 - Connection timed out).",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

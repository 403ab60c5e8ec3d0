"""git-transfer-broken: more of its texts are in tests/explain/examples."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "git-transfer-broken"
TEXTS = [
    "fatal: unable to access 'https://github.com/a/b/': schannel: failed to receive handshake, SSL failed",
    "fatal: unable to access 'https://gitlab.com/a/b.git/': The requested URL returned error: 502",
    "error: RPC failed; HTTP 504 curl 22 The requested URL returned error: 504",
    "kex_exchange_identification: Connection closed by remote host",
]
OTHERS = [
    "fatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 403",
    "fatal: unable to access 'https://huggingface.co/a/b/': Failed to connect to huggingface.co port 443",
    "fatal: unable to access 'https://github.com/a/b/': schannel: SNI or certificate check failed",
    "error: RPC failed; curl 22 The requested URL returned error: 413",
    "EOFError: early EOF",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

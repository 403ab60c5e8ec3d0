"""dataloader-orphan-workers."""

from __future__ import annotations

import pytest

from tests.source.snippets import rules

RULE = "dataloader-orphan-workers"
READS = """
import socket
import requests
from urllib.request import urlopen
from torch.utils.data import DataLoader, Dataset
{before}
class D(Dataset):
    def __len__(self):
        return 9
    def __getitem__(self, i):
        return {read}
def main():
    for x in DataLoader(D(), num_workers={count}):
        pass
"""


def found_in(read: str, count: int = 2, before: str = "") -> dict[str, str]:
    return rules(READS.format(read=read, count=count, before=before))


@pytest.mark.parametrize("read", ["requests.get(URL).content", "urlopen(URL).read()", "urlopen(URL, None).read()"])
def test_requests_without_a_timeout_in_worker_code(read: str) -> None:
    assert found_in(read)[RULE] == "info"


@pytest.mark.parametrize(
    "read", ["requests.get(URL, timeout=9)", "urlopen(URL, None, 9)", "requests.get(URL, **LIMITS)", "cache.get(URL)"]
)
def test_near_misses(read: str) -> None:
    assert RULE not in found_in(read)


def test_quiet_without_workers_and_with_a_limit_for_all_sockets() -> None:
    assert RULE not in found_in("urlopen(URL)", count=0)
    assert RULE not in found_in("urlopen(URL)", before="socket.setdefaulttimeout(9)")

"""dataloader-stale-shared-memory."""

from __future__ import annotations

from doctor.facts import Host, Storage
from doctor.model import Risk
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "dataloader-stale-shared-memory"


def test_files_of_dead_processes_are_named_and_can_be_removed() -> None:
    found = finding(RULE, host=Host(os="linux"), storage=Storage(stale_shm=("torch_1_2", "/dev/shm/torch_3_4")))
    assert found is not None
    assert "2 shared memory files" in found.message
    assert commands(found) == [("rm", "-r", "--", "/dev/shm/torch_1_2", "/dev/shm/torch_3_4")]
    assert found.remedies[0].risk is Risk.MANUAL


def test_none_where_somebody_looked() -> None:
    assert is_cleared(RULE, storage=Storage(shm_bytes=2**33))
    assert is_open(RULE, storage=Storage())
    assert is_open(RULE)

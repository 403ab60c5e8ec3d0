"""dataloader-worker-oom-killed."""

from __future__ import annotations

from doctor.facts import Cpu, Memory
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "dataloader-worker-oom-killed"
EIGHT = Cpu(logical=8)


def test_the_smaller_of_free_memory_and_limit_counts() -> None:
    for memory in (
        Memory(available_bytes=2 * 10**9),
        Memory(available_bytes=64 * 10**9, cgroup_limit_bytes=2 * 10**9),
    ):
        found = finding(RULE, memory=memory, cpu=EIGHT)
        assert found is not None
        assert found.severity is Severity.INFO
        assert "enough for about 4, of 8" in found.message


def test_quiet_with_enough_and_when_not_known() -> None:
    assert finding(RULE, memory=Memory(available_bytes=64 * 10**9), cpu=EIGHT) is None
    assert finding(RULE, memory=Memory(), cpu=EIGHT) is None


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: DataLoader worker (pid 19597) is killed by signal: Killed.")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid 7) is killed by signal: Bus error.")

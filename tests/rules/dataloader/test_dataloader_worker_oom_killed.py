"""dataloader-worker-oom-killed."""

from __future__ import annotations

from doctor.facts import Cpu, Memory
from doctor.model import Severity
from tests.rules.judging import finding, is_open, points_to

RULE = "dataloader-worker-oom-killed"
EIGHT = Cpu(logical=8)


def test_the_smaller_of_free_memory_and_limit_counts() -> None:
    for memory, fact in (
        (Memory(available_bytes=2 * 10**9), "memory.available_bytes"),
        (Memory(available_bytes=64 * 10**9, cgroup_limit_bytes=2 * 10**9), "memory.cgroup_limit_bytes"),
    ):
        found = finding(RULE, memory=memory, cpu=EIGHT)
        assert found is not None
        assert found.severity is Severity.INFO
        assert found.evidence[0].fact == fact
        assert "enough for about 4, while the processors allow 8" in found.message


def test_enough_for_small_workers_does_not_clear_the_program_s_own() -> None:
    assert is_open(RULE, memory=Memory(available_bytes=64 * 10**9), cpu=EIGHT)
    assert is_open(RULE, memory=Memory(), cpu=EIGHT)


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: DataLoader worker (pid 19597) is killed by signal: Killed.")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid 7) is killed by signal: Bus error.")

"""dataloader-too-many-workers."""

from __future__ import annotations

import msgspec
import pytest

from doctor.facts import Cpu
from doctor.model import Severity
from tests.rules.judging import finding, is_open, points_to
from tests.source.snippets import EVERYWHERE, rules

RULE = "dataloader-too-many-workers"
MAKE = "import os\nfrom torch.utils.data import DataLoader\nDataLoader(d, num_workers={count})\n"


@pytest.mark.parametrize("count", ["16", "os.cpu_count()", "os.cpu_count() - 1"])
def test_found(count: str) -> None:
    assert rules(MAKE.format(count=count))[RULE] == "warning"


@pytest.mark.parametrize(
    "count", ["8", "0", "len(os.sched_getaffinity(0))", "os.process_cpu_count()", "min(os.cpu_count(), 4)", "args.n"]
)
def test_near_misses(count: str) -> None:
    assert RULE not in rules(MAKE.format(count=count))


def test_this_machine_s_processors_count_when_it_is_judged() -> None:
    here = msgspec.structs.replace(EVERYWHERE, cpus=4)
    assert RULE in rules(MAKE.format(count=8), here)
    assert RULE not in rules(MAKE.format(count=4), here)


def test_a_quota_below_the_processors_is_told() -> None:
    found = finding(RULE, cpu=Cpu(logical=12, affinity=12, quota_cores=4.0))
    assert found is not None
    assert found.severity is Severity.INFO
    assert "at most 4 workers" in found.message


@pytest.mark.parametrize(
    "cpu", [Cpu(logical=12, affinity=12), Cpu(logical=4, quota_cores=4.0), Cpu(quota_cores=4.0), Cpu()]
)
def test_how_many_a_program_asks_for_is_left_open(cpu: Cpu) -> None:
    assert is_open(RULE, cpu=cpu)


def test_error_texts() -> None:
    assert points_to(RULE, "UserWarning: This DataLoader will create 8 worker processes in total. Our suggested max")
    assert not points_to(RULE, "PossibleUserWarning: The dataloader does not have many workers")

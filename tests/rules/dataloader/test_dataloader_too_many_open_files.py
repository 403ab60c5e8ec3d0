"""dataloader-too-many-open-files."""

from __future__ import annotations

import pytest

from doctor.facts import Host, Storage
from doctor.model import Severity
from tests.rules.judging import finding, points_to
from tests.source.snippets import rules

RULE = "dataloader-too-many-open-files"
LINUX = Host(os="linux")
LOOP = """
from torch.utils.data import DataLoader
def main():
    kept = []
    for i, (x, y) in enumerate(DataLoader(d, num_workers=2)):
        {body}
"""


@pytest.mark.parametrize(("soft", "severity"), [(64, Severity.ERROR), (512, Severity.WARNING)])
def test_a_low_limit(soft: int, severity: Severity) -> None:
    found = finding(RULE, host=LINUX, storage=Storage(open_files_soft=soft, open_files_hard=4096))
    assert found is not None
    assert found.severity is severity
    assert str(soft) in found.message


def test_quiet_with_the_usual_limit_on_macos_and_when_not_known() -> None:
    assert finding(RULE, host=LINUX, storage=Storage(open_files_soft=1024)) is None
    assert finding(RULE, host=Host(os="macos"), storage=Storage(open_files_soft=256)) is None
    assert finding(RULE, host=LINUX, storage=Storage()) is None


@pytest.mark.parametrize("body", ["kept.append(x)", "kept.append((x, y))", "kept.append(y[0])"])
def test_batches_that_are_kept(body: str) -> None:
    assert rules(LOOP.format(body=body))[RULE] == "warning"


@pytest.mark.parametrize(
    "body", ["kept.append(x.clone())", "kept.append(net(x))", "kept.append(i)", "x = net(x); kept.append(x)"]
)
def test_copies_and_results_may_be_kept(body: str) -> None:
    assert RULE not in rules(LOOP.format(body=body))


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: received 0 items of ancdata")
    assert points_to(RULE, "OSError: [Errno 24] Too many open files: '/data/1.jpg'")
    assert not points_to(RULE, "OSError: [Errno 23] No such process")

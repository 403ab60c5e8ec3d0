"""dataloader-too-many-open-files."""

from __future__ import annotations

import pytest

from doctor.diagnose import remedies_of
from doctor.facts import Host, Storage
from doctor.model import Severity
from doctor.rules import load
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to
from tests.source.snippets import rules

RULE = "dataloader-too-many-open-files"
LINUX = Host(os="linux", container="")
LOOP = """
from torch.utils.data import DataLoader
def main():
    kept = []
    for i, (x, y) in enumerate(DataLoader(d, num_workers=2)):
        {body}
"""


@pytest.mark.parametrize("soft", [64, 512])
def test_a_low_limit(soft: int) -> None:
    found = finding(RULE, host=LINUX, storage=Storage(open_files_soft=soft, open_files_hard=4096))
    assert found is not None
    assert found.severity is Severity.WARNING  # how many a program needs is only inferred
    assert str(soft) in found.message
    assert commands(found) == [("ulimit", "-n", "4096")]


def test_no_more_is_asked_for_than_is_enough() -> None:
    unlimited = finding(RULE, host=LINUX, storage=Storage(open_files_soft=256, open_files_hard=2**63 - 1))
    assert commands(unlimited) == [("ulimit", "-n", "65535")]


def test_a_hard_limit_that_is_low_itself_is_raised_last() -> None:
    low = Storage(open_files_soft=64, open_files_hard=64)
    container = finding(RULE, host=Host(os="linux", container="podman"), storage=low)
    assert container is not None
    assert ".clone()" in container.remedies[0].title
    assert commands(container) == [("podman", "run", "--ulimit", "nofile=65535:65535", "IMAGE")]
    bare = finding(RULE, host=LINUX, storage=low)
    assert bare is not None
    assert "administrator" in bare.remedies[1].title
    assert commands(bare) == []


def test_windows_shares_without_files() -> None:
    assert is_cleared(RULE, host=Host(os="windows"))


def test_open_with_the_usual_limit_on_macos_and_when_not_known() -> None:
    assert is_open(RULE, host=LINUX, storage=Storage(open_files_soft=1024))
    assert is_open(RULE, host=Host(os="macos"), storage=Storage(open_files_soft=256))
    assert is_open(RULE, host=LINUX, storage=Storage())
    assert is_open(RULE, host=Host(), storage=Storage(open_files_soft=64))
    assert finding(RULE, host=Host(os="macos"), storage=Storage(open_files_soft=128)) is not None


@pytest.mark.parametrize(
    ("host", "expected"),
    [(Host(os="macos"), [("ulimit", "-n", "65535")]), (Host(os="windows"), []), (Host(), [])],
)
def test_advice_for_a_text_is_fit_for_the_host(host: Host, expected: list[tuple[str, ...]]) -> None:
    remedies = remedies_of(load(RULE), facts_of(host=host))
    assert isinstance(remedies, tuple)
    assert [c for r in remedies for c in r.commands] == expected
    assert remedies


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

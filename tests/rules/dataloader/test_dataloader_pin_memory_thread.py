"""dataloader-pin-memory-thread."""

from __future__ import annotations

from doctor import explain
from doctor.rules import load
from tests.rules.judging import points_to

RULE = "dataloader-pin-memory-thread"


def test_what_ended_the_thread_comes_first() -> None:
    said = (
        "RuntimeError: unable to open shared memory object </torch_1_2> in read-write mode: Too many open files (24)\n"
    )
    causes = [c.rule for c in explain.causes(f"{said}RuntimeError: Pin memory thread exited unexpectedly")]
    assert causes[0] == "dataloader-too-many-open-files"
    assert RULE in causes


def test_it_advises_nothing_that_only_some_systems_have() -> None:
    assert "ulimit" not in load(RULE).doc


def test_error_texts() -> None:
    assert points_to(RULE, "RuntimeError: Pin memory thread exited unexpectedly")
    assert not points_to(RULE, "RuntimeError: DataLoader worker (pid(s) 4) exited unexpectedly")

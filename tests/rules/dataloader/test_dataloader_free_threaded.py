"""dataloader-free-threaded."""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open

RULE = "dataloader-free-threaded"


def test_told_on_a_free_threaded_build_only() -> None:
    found = finding(RULE, python=Python(free_threaded=True))
    assert found is not None
    assert found.severity is Severity.INFO
    assert is_cleared(RULE, python=Python(free_threaded=False))
    assert is_open(RULE, python=Python())

"""dataloader-free-threaded."""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Severity
from tests.rules.judging import finding

RULE = "dataloader-free-threaded"


def test_told_on_a_free_threaded_build_only() -> None:
    found = finding(RULE, python=Python(free_threaded=True))
    assert found is not None
    assert found.severity is Severity.INFO
    assert finding(RULE, python=Python(free_threaded=False)) is None
    assert finding(RULE, python=Python()) is None

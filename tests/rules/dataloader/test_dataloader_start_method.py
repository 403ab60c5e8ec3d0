"""dataloader-start-method."""

from __future__ import annotations

import pytest

from doctor.facts import Python
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open

RULE = "dataloader-start-method"


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_told_where_workers_do_not_fork(method: str) -> None:
    found = finding(RULE, python=Python(start_method=method))
    assert found is not None
    assert found.severity is Severity.INFO
    assert method in found.message


def test_quiet_where_they_do_and_when_not_known() -> None:
    assert is_cleared(RULE, python=Python(start_method="fork"))
    assert is_open(RULE, python=Python())

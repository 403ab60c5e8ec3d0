"""externally-managed-python."""

from doctor.facts import Python
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "externally-managed-python"


def test_only_told_never_a_fault():
    found = finding(RULE, python=Python(executable="/usr/bin/python3", externally_managed=True))
    assert found and found.severity is Severity.INFO


def test_quiet_elsewhere_and_when_not_known():
    assert finding(RULE, python=Python(externally_managed=False)) is None
    assert finding(RULE, python=Python()) is None


def test_texts():
    assert points_to(RULE, "error: externally-managed-environment")
    assert not points_to(RULE, "error: invalid environment")

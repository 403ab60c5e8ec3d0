"""externally-managed-python."""

from doctor.facts import Python
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "externally-managed-python"


def test_only_told_never_a_fault():
    found = finding(RULE, python=Python(executable="/usr/bin/python3", externally_managed=True))
    assert found and found.severity is Severity.INFO
    assert commands(found) == [("torch-doctor", "setup", "--env", ".venv")]


def test_quiet_elsewhere_and_when_not_known():
    assert finding(RULE, python=Python(externally_managed=False)) is None
    assert finding(RULE, python=Python()) is None


def test_texts():
    assert points_to(RULE, "error: externally-managed-environment")
    assert not points_to(RULE, "error: invalid environment")


def test_pip_may_have_been_that_of_another_python():
    assert is_open(RULE, python=Python(externally_managed=False))
    assert is_open(RULE, python=Python())

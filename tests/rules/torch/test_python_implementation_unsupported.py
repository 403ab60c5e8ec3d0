"""python-implementation-unsupported."""

from doctor.facts import Python
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "python-implementation-unsupported"


def test_fires_on_pypy_and_is_quiet_on_cpython_and_on_not_known():
    found = finding(RULE, python=Python(implementation="PyPy"))
    assert commands(found) == [("torch-doctor", "setup", "--env", ".venv", "--python", "3.13")]
    assert finding(RULE, python=Python(implementation="CPython")) is None
    assert finding(RULE, python=Python(implementation="cpython")) is None
    assert finding(RULE, python=Python()) is None


def test_texts():
    line = "torch==2.7.1 has no wheels with a matching Python implementation tag (e.g., `pp310`)"
    assert points_to(RULE, line)
    assert not points_to(RULE, "torch==2.7.1 has no wheels with a matching platform tag")


def test_cpython_clears_it():
    assert is_cleared(RULE, python=Python(implementation="CPython"))
    assert is_open(RULE, python=Python())

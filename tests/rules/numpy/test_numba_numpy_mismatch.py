"""numba-numpy-mismatch."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.judging import facts_of, points_to

RULE = "numba-numpy-mismatch"


def test_texts():
    assert points_to(RULE, "ImportError: Numba needs NumPy 1.22 or greater. Got NumPy 1.21.")
    assert not points_to(RULE, "SystemError: initialization of _framework failed without raising an exception")


def test_pip_chooses_both():
    command = " ".join(remedies_of(rules.load(RULE), facts_of())[0].commands[0])
    assert "--upgrade numba" in command

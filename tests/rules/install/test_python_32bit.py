"""python-32bit."""

from doctor.facts import Python
from tests.rules.judging import finding, points_to

RULE = "python-32bit"


def test_fires_on_32_bits_only():
    assert finding(RULE, python=Python(bits=32, executable=r"C:\py\python.exe")) is not None
    assert finding(RULE, python=Python(bits=64)) is None
    assert finding(RULE, python=Python()) is None


def test_texts():
    assert points_to(RULE, "Python version: 3.7 (32-bit runtime)")
    line = "Python 3.9.1 (tags/v3.9.1:1e5d33e, Dec  7 2020, 16:33:24) [MSC v.1928 32 bit (Intel)] on win32"
    assert points_to(RULE, line)
    line = "Python 3.9.1 (tags/v3.9.1:1e5d33e, Dec  7 2020, 17:08:21) [MSC v.1927 64 bit (AMD64)] on win32"
    assert not points_to(RULE, line)

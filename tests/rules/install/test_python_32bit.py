"""python-32bit."""

from doctor.facts import Host, Python, Runtime
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "python-32bit"


def test_fires_on_32_bits_only():
    found = finding(RULE, python=Python(bits=32, executable=r"C:\py\python.exe"), host=Host(os="windows"))
    assert commands(found) == [("torch-doctor", "setup", "--env", ".venv", "--python", "3.13")]
    assert finding(RULE, python=Python(bits=64)) is None
    assert finding(RULE, python=Python()) is None


def test_texts():
    assert points_to(RULE, "Python version: 3.7 (32-bit runtime)")
    line = "Python 3.9.1 (tags/v3.9.1:1e5d33e, Dec  7 2020, 16:33:24) [MSC v.1928 32 bit (Intel)] on win32"
    assert points_to(RULE, line)
    line = "Python 3.9.1 (tags/v3.9.1:1e5d33e, Dec  7 2020, 17:08:21) [MSC v.1927 64 bit (AMD64)] on win32"
    assert not points_to(RULE, line)


def test_64_bits_clear_it_and_so_does_a_torch_that_works():
    assert is_cleared(RULE, python=Python(bits=64))
    assert is_cleared(RULE, python=Python(bits=32), runtime=Runtime(imported=True))
    assert is_open(RULE, python=Python())


def test_a_32_bit_system_has_no_other_python():
    found = finding(RULE, python=Python(bits=32), host=Host(os="linux", architecture="armv7l"))
    assert commands(found) == []
    assert finding(RULE, host=Host(os="windows", architecture="x86"))
    assert is_cleared(RULE, python=Python(bits=64), host=Host(os="windows", architecture="x86"))  # as somebody said

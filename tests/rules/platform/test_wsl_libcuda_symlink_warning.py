"""wsl-libcuda-symlink-warning."""

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "wsl-libcuda-symlink-warning"
TEXT = "/sbin/ldconfig.real: /usr/lib/wsl/lib/libcuda.so.1 is not a symbolic link"


def test_it_is_harmless():
    found = finding(RULE, error=ErrorText(TEXT), host=Host(wsl=2))
    assert found is not None
    assert found.severity is Severity.INFO
    assert found.remedies == ()


def test_cleared_outside_wsl_and_open_without_the_text():
    assert is_cleared(RULE, error=ErrorText(TEXT), host=Host(wsl=0))
    assert is_open(RULE, error=ErrorText("ldconfig: done"), host=Host(wsl=2))


def test_texts():
    assert points_to(RULE, TEXT)
    assert not points_to(RULE, "libcudart.so.12 is not a symbolic link")

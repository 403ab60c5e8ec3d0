"""cuda-code-on-mac."""

from doctor.facts import ErrorText, Host
from tests.rules.judging import finding, points_to

RULE = "cuda-code-on-mac"
TEXT = ErrorText("AssertionError: Torch not compiled with CUDA enabled")


def test_fires_on_a_mac_only():
    found = finding(RULE, error=TEXT, host=Host(os="macos"))
    assert found is not None
    assert "mps" in found.message
    assert finding(RULE, error=TEXT, host=Host(os="windows")) is None
    assert finding(RULE, error=ErrorText("ValueError: 3"), host=Host(os="macos")) is None


def test_texts():
    line = '  File "/Users/user/venv/lib/python3.11/site-packages/torch/cuda/__init__.py", line 310, in _lazy_init'
    assert points_to(RULE, line)
    assert not points_to(RULE, line.replace("/Users/user", "/home/user"))

"""cuda-code-on-mac."""

from doctor.facts import ErrorText, Host
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "cuda-code-on-mac"
TEXT = ErrorText("AssertionError: Torch not compiled with CUDA enabled")


def test_fires_on_a_mac_only():
    found = finding(RULE, error=TEXT, host=Host(os="macos"))
    assert found is not None
    assert "mps" in found.message
    assert "torch.backends.mps" in found.remedies[0].title
    assert is_cleared(RULE, error=TEXT, host=Host(os="windows"))


def test_open_without_the_text_and_where_the_system_is_not_known():
    assert is_open(RULE, error=ErrorText("ValueError: 3"), host=Host(os="macos"))
    assert is_open(RULE, error=TEXT, host=Host())


def test_texts():
    line = '  File "/Users/user/venv/lib/python3.11/site-packages/torch/cuda/__init__.py", line 310, in _lazy_init'
    assert points_to(RULE, line)
    assert not points_to(RULE, line.replace("/Users/user", "/home/user"))

"""py-launcher-no-such-python."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "py-launcher-no-such-python"
TEXTS = [
    "No suitable Python runtime found",
    "Requested Python version (3.10) not installed, use -0 for available pythons",
    '[ERROR] No runtime installed that matches 3.9-32. Try running "py install 3.9-32".',
]
OTHERS = [
    "error: No interpreter found for Python 3.10 in managed installations, search path, or registry",
    "Package requires a different Python: 3.13.1 not in '<3.13'",
    "No runtime installed",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

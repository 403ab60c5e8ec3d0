"""build-isolation-hides-torch."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "build-isolation-hides-torch"
MISSING = "ModuleNotFoundError: No module named 'torch'"
TEXTS = [
    "hint: This error indicates that `kernels@1.2` depends on `torch`, but doesn't declare it as a build dependency",
    f'    return self._get_build_requires(config_settings)\n  File "<string>", line 14, in <module>\n{MISSING}',
    f'File "<string>", line 31, in <module>\n{MISSING}',
]
OTHERS = [
    "File \"<string>\", line 1, in <module> ModuleNotFoundError: No module named 'torch'",
    MISSING,
    "get_requires_for_build_wheel ModuleNotFoundError: No module named 'packaging'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

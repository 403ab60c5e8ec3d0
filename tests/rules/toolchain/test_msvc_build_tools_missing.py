"""msvc-build-tools-missing."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "msvc-build-tools-missing"
TEXTS = [
    "error: Microsoft Visual C++ 9.0 is required (Unable to find vcvarsall.bat).",
    "distutils.errors.DistutilsPlatformError: Unable to find vcvarsall.bat",
    "error: command 'cl.exe' failed: None",
]
OTHERS = [
    "error: command 'cl.exe' failed with exit status 2",
    "error: command 'gcc' failed: No such file or directory",
    "RuntimeError: Compiler: cl is not found.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

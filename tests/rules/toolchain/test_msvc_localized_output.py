"""msvc-localized-output."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "msvc-localized-output"
TEXTS = [
    "torch._inductor.exc.InductorError: UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc1 in position 5",
    "UserWarning: Error checking compiler version for cl: 'utf-8' codec can't decode byte 0x8e in position 0\nFailed!",
]
OTHERS = [
    "UserWarning: Error checking compiler version for cl: 'utf-8' codec can't decode byte 0x8e in position 0: invalid",
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xd3 in position 0: invalid continuation byte",
    "UserWarning: Error checking compiler version for cl: [WinError 2] 系统找不到指定的文件.",
    "UserWarning: Error checking compiler version for c++: [Errno 2] No such file or directory: 'c++'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

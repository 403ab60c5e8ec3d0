"""windows-program-not-runnable: more of its texts are in tests/explain/examples."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-program-not-runnable"
TEXTS = [
    "This app can’t run on your PC. To find a version for your PC, check with the software publisher.",
    "双击启动器弹出“这个应用无法在你的电脑上运行”",
    "This version of D:\\a\\uv.exe is not compatible with the version of Windows you're running.",
]
OTHERS = [
    "The application can't run on your server: CUDA is not available",
    "Access is denied.",
    "This version of torch is not compatible with the version of CUDA you have",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

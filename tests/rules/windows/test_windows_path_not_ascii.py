"""windows-path-not-ascii: more of its texts are in tests/explain/examples."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-path-not-ascii"
TEXTS = [
    "RuntimeError: open file failed because of errno 2 on fopen: open file failed, file path: C:\\Users\\张三/a.pt",
    "RuntimeError: open file failed because of errno 2 on fopen: open file failed, file path: D:\\음성\\a.bin",
    "error: can't open file 'D:\\données\\yolo\\yolo.cfg'",
    # a user's name, which redaction takes out of the examples
    'Creating venv in directory D:\\venv using python "C:\\Users\\└ээр\\Python310\\python.exe"\nUnable to create venv'
    ' in directory "D:\\venv"',
    'The system cannot find the path specified: "C:\\Users\\Bj÷rn\\Python311\\python.exe"',
]
OTHERS = [
    "open file failed because of errno 2 on fopen: No such file or directory, file path: D:\\a\\b.pt文件明明存在",
    "open file failed because of errno 2 on fopen: No such file or directory, file path: D:\\a\\b.pt”",
    "error: failed to open file `D:\\a\\pyproject.toml`: 系统找不到指定的路径。 (os error 3)",
    "FileNotFoundError: [Errno 2] No such file or directory: 'D:\\\\数据\\\\train.csv'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

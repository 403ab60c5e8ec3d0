"""windows-path-too-long."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-path-too-long"
DEEP = r"C:\\Users\\me\\AppData" + r"\\a_long_folder_name" * 12
TEXTS = [
    "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
    "OSError: [WinError 206] The filename or extension is too long: 'D:\\\\x'",
    f"ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '{DEEP}'",
]
OTHERS = [
    r"OSError: [Errno 2] No such file or directory: 'C:\\Users\\me\\model.pt'",
    "FileNotFoundError: [Errno 2] No such file or directory: '/home/" + "a/" * 150 + "x'",
    "OSError: [WinError 126] The specified module could not be found",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

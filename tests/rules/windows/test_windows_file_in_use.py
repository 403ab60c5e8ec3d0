"""windows-file-in-use."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-file-in-use"
PIP = "ERROR: Could not install packages due to an OSError: "
TEXTS = [
    PIP + r"[WinError 5] Access is denied: 'D:\\env\\Lib\\site-packages\\~orch\\lib\\c10.dll'",
    PIP + r"[WinError 5] Access is denied: 'C:\\Users\\me\\env\\Lib\\site-packages\\numpy\\core'",
    PIP + r"[Errno 13] Permission denied: 'D:\\env\\Lib\\site-packages\\cv2\\cv2.pyd'",
    r"error: failed to remove file `D:\env\Scripts\ruff.exe`: Access is denied. (os error 5)",
    r"The process cannot access the file 'D:\env\torch\lib\c10.dll' because it is being used by another process.",
]
OTHERS = [
    PIP + r"[WinError 5] Access is denied: 'C:\\Program Files\\Python312\\Lib\\site-packages\\cv2\\cv2.pyd'",
    PIP + r"[WinError 5] Access is denied: 'c:\\programdata\\anaconda3\\Lib\\site-packages\\numpy'",
    PIP + "[Errno 13] Permission denied: '/usr/lib/python3/dist-packages/torch/_C.so'",
    r"PermissionError: [WinError 32] The process cannot access the file: 'D:\\runs\\last.ckpt'",
    r"OSError: [WinError 126] The specified module could not be found. Error loading 'D:\\env\\torch\\lib\\c10.dll'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    causes = [cause.rule for cause in explain.causes(text)]
    assert causes[0] == RULE
    assert "environment-not-writable" not in causes


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line.replace("\\\\", "\\"))


def test_a_set_aside_folder_is_a_consequence():
    line = PIP + r"[WinError 5] Access is denied: 'D:\\env\\Lib\\site-packages\\~orch\\lib\\c10.dll'"
    assert [cause.rule for cause in explain.causes(line)] == [RULE, "half-removed-packages"]

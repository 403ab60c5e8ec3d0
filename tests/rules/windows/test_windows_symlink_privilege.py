"""windows-symlink-privilege."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-symlink-privilege"
TEXTS = [
    "OSError: [WinError 1314] クライアントは要求された特権を保有していません。: 'a' -> 'b'",
    "error: failed to create symlink from `a` to `b`: A required privilege is not held by the client. (os error 1314)",
]
OTHERS = [
    "PermissionError: [WinError 5] Access is denied: 'a' -> 'b'",
    "OSError: [WinError 1392] The file or directory is corrupted and unreadable: 'a'",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

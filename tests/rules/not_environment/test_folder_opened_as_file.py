"""folder-opened-as-file: more of its texts are in tests/explain/examples."""

import pytest

from tests.rules.judging import points_to

RULE = "folder-opened-as-file"
OTHERS = [
    "PermissionError: [Errno 13] Permission denied: 'C:\\\\Program Files\\\\Python311\\\\Lib'",
    "PermissionError: [Errno 13] Permission denied: 'D:\\\\v\\\\Lib\\\\site-packages\\\\torch'",
    "PermissionError: [Errno 13] Permission denied: 'D:\\\\hub\\\\blobs\\\\abcdef'",
    "PermissionError: [Errno 13] Permission denied: 'E:\\\\w\\\\tmptf9fub_u'",
    "PermissionError: [Errno 13] Permission denied: '/dev/kfd'",
    "PermissionError: [Errno 13] Permission denied: 'C:\\\\results'",
]


def test_texts():
    assert points_to(RULE, "IsADirectoryError: [Errno 21] Is a directory: '/w/out'")
    assert points_to(RULE, "PermissionError: [Errno 13] Permission denied: 'D:\\\\w\\\\out\\\\weights'")


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

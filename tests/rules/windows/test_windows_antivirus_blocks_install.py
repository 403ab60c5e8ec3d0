"""windows-antivirus-blocks-install."""

import pytest

from doctor import explain, rules
from doctor.remedy.actions import Install
from tests.rules.judging import points_to

RULE = "windows-antivirus-blocks-install"
TEXTS = [
    "OSError: [WinError 225] Operation did not complete successfully",
    "Caused by: the file contains a virus or potentially unwanted software. (os error 225)",
    r"failed to rename file from `D:\uv\.tmpAb12Cd` to `D:\uv\archive-v0\x`: Access is denied. (os error 5)",
]
OTHERS = [
    "failed to rename file from `/c/uv/.tmpAb12Cd` to `/c/uv/archive-v0/x`: Permission denied (os error 13)",
    r"failed to rename file from `D:\runs\a.pt` to `D:\runs\b.pt`: Access is denied. (os error 5)",
    "OSError: [WinError 1225] The remote computer refused the network connection",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_no_advice_switches_the_protection_off():
    remedies = rules.load(RULE).remedies()
    assert not any(word in one.title.lower() for one in remedies for word in ("disable", "turn off", "switch off"))
    assert [one.flags for one in remedies if isinstance(one, Install)] == [("--only-binary", ":all:")]

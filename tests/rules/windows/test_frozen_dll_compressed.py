"""frozen-dll-compressed: more of its texts are in tests/explain/examples."""

from doctor import explain
from tests.rules.judging import points_to

RULE = "frozen-dll-compressed"


def test_a_packed_program():
    text = 'OSError: [WinError 998] Zugriff. Error loading "D:\\x\\_MEI7\\torch\\lib\\nvrtc64_112_0.dll"'
    assert explain.causes(text)[0].rule == RULE


def test_near_misses():
    installed = 'OSError: [WinError 998] x. Error loading "D:\\p\\Lib\\site-packages\\torch\\lib\\c10.dll"'
    assert not points_to(RULE, installed)
    assert not points_to(RULE, "psutil.AccessDenied: [WinError 998] Invalid access to memory location")

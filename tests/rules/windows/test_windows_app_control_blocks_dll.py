"""windows-app-control-blocks-dll."""

import pytest

from doctor import explain, rules
from doctor.facts import Host, Runtime
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "windows-app-control-blocks-dll"
TEXTS = [
    'OSError: [WinError 4551] ... Error loading "D:\\env\\torch\\lib\\c10.dll" or one of its dependencies.',
    "ImportError: DLL load failed while importing _C: An Application Control policy has blocked this file.",
    "System.IO.FileLoadException: torch.dll (0x800711C7)",
    "Your organization used Device Guard to block this app. python.exe",
]
OTHERS = [
    "ImportError: DLL load failed while importing _C: The specified module could not be found.",
    "OSError: [WinError 14551] unknown",
    "The policy of this network blocked the file",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_no_advice_switches_the_protection_off():
    titles = [one.title.lower() for one in rules.load(RULE).remedies()]
    assert not any(word in title for title in titles for word in ("disable", "turn off", "switch off"))


def test_a_note_while_nobody_has_tried_the_import():
    """What is refused says so itself, and policies beside Smart App Control refuse as well: nothing is cleared."""
    on = Host(os="windows", smart_app_control="on")
    found = finding(RULE, host=on)
    assert found and found.severity is Severity.INFO
    assert is_open(RULE, host=on, runtime=Runtime(imported=True))
    for state in ("off", "evaluation", "", None):
        assert is_open(RULE, host=Host(os="windows", smart_app_control=state))
    assert is_cleared(RULE, host=Host(os="linux"))

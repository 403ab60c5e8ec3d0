"""windows-text-encoding."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "windows-text-encoding"
TEXTS = [
    "UnicodeDecodeError: 'cp949' codec can't decode byte 0xec in position 30: illegal multibyte sequence",
    "UnicodeEncodeError: 'charmap' codec can't encode character '\\u2588' in position 8: character maps to <undefined>",
    "UnicodeDecodeError: 'cp1251' codec can't decode byte 0x98 in position 44: character maps to <undefined>",
]
OTHERS = [
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 3: ordinal not in range(128)",
    "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u2026' in position 3: ordinal not in range(256)",
    "UnicodeDecodeError: 'gbk' codec can't decode byte 0xff in position 0: illegal multibyte sequence",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_a_package_is_installed_in_utf8_mode_and_a_program_run_in_it():
    rule, windows = rules.load(RULE), Host(os="windows", shell="cmd")
    installing = ErrorText(text="UnicodeDecodeError: 'gbk' codec\nerror: subprocess-exited-with-error")
    (install,) = remedies_of(rule, facts_of(host=windows, error=installing))
    assert "PYTHONUTF8=1" in install.title
    (run,) = remedies_of(rule, facts_of(host=windows, error=ErrorText(text=TEXTS[0])))
    assert run.commands[0] == ("set", "PYTHONUTF8=1")

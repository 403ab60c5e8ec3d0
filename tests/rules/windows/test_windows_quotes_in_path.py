"""windows-quotes-in-path."""

import pytest

from tests.rules.judging import points_to

RULE = "windows-quotes-in-path"


@pytest.mark.parametrize("rest", [r"\Microsoft", r"\Intel\OpenCL SDK\bin\x64", r"\Windows Kits\10", r"\Git\cmd"])
def test_what_follows_a_quotation_mark(rest):
    assert points_to(RULE, f"{rest} was unexpected at this time.")
    assert points_to(RULE, f"此时不应有 {rest}。")


@pytest.mark.parametrize("name", [r"C:\a;C:\b c", r"D:\tools\bin;C:\Windows\system32", ".COM;.EXE;.BAT"])
def test_a_list_taken_for_a_command(name):
    assert points_to(RULE, f"'{name}' is not recognized as an internal or external command,")


@pytest.mark.parametrize(
    "text",
    [
        ") was unexpected at this time.",
        "此时不应有 &。",
        r"'C:\tools\a.exe' is not recognized as an internal or external command,",
        "'a;b' is not recognized as an internal or external command,",
    ],
)
def test_other_texts(text):
    assert not points_to(RULE, text)

"""gcc-missing-windows."""

import pytest

from tests.rules.judging import points_to

RULE = "gcc-missing-windows"


@pytest.mark.parametrize(
    "text",
    [
        "'gcc' is not recognized as an internal or external command,",
        "'g++.exe' 不是内部或外部命令，也不是可运行的程序",
        r"C:\MinGW\mingw32\bin\ld.exe: cannot find -lpthread",
    ],
)
def test_none_that_fits(text):
    assert points_to(RULE, text)


@pytest.mark.parametrize(
    "text",
    ["bash: gcc: command not found", "/usr/bin/ld: cannot find -lpthread", "'gcc-ar' is not recognized as an internal"],
)
def test_other_texts(text):
    assert not points_to(RULE, text)

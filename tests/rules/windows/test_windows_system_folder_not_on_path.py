"""windows-system-folder-not-on-path."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-system-folder-not-on-path"


@pytest.mark.parametrize("command", ["chcp", "findstr", "reg", "where", "powershell", "xcopy.exe"])
def test_commands_of_the_system(command):
    for saying in (
        "'{}' is not recognized as an internal or external command,",
        "'{}' 不是内部或外部命令，也不是可运行的程序",
    ):
        assert explain.causes(saying.format(command))[0].rule == RULE


@pytest.mark.parametrize("command", ["wmic", "git", "regress", "whereis"])
def test_other_commands(command):
    assert not points_to(RULE, f"'{command}' is not recognized as an internal or external command,")

"""windows-batch-file-misread."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-batch-file-misread"
UNKNOWN = "'{}' is not recognized as an internal or external command,"
CHINESE = "'{}' 不是内部或外部命令，也不是可运行的程序"


@pytest.mark.parametrize("name", ["ho", "cho", "et", "oto", "ause", "ull", "ndlocal", "et VENV_DIR=venv", "rrorlevel"])
def test_ends_of_words(name):
    assert explain.causes(UNKNOWN.format(name))[0].rule == RULE


@pytest.mark.parametrize("sentence", ["请先安装依赖", "按任意键退出。", "启动失败：找不到文件"])
def test_letters_of_utf_8_read_as_gbk(sentence):
    read = sentence.encode().decode("gbk", "replace").replace("\N{REPLACEMENT CHARACTER}", "?")
    assert points_to(RULE, CHINESE.format(read))


@pytest.mark.parametrize(
    "name", ["pip", "ls", "o", "all", "etc", "hotel", "etc.exe", "启动", "git.exe", "D:\\工具\\a.exe"]
)
def test_other_names(name):
    assert not points_to(RULE, UNKNOWN.format(name))
    assert not points_to(RULE, CHINESE.format(name))

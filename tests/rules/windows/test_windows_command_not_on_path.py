"""windows-command-not-on-path."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "windows-command-not-on-path"
SAYING = (
    "'{}' is not recognized as an internal or external command,",
    "{0} : The term '{0}' is not recognized as the name of a cmdlet, function, script file, or operable program.",
    "{0}: The term '{0}' is not recognized as a name of a cmdlet, function, script file, or executable program.",
    "'{}' 不是内部或外部命令，也不是可运行的程序",
    "{0} : 无法将“{0}”项识别为 cmdlet、函数、脚本文件或可运行程序的名称。",
    'Der Befehl "{}" ist entweder falsch geschrieben oder',
    "    + CategoryInfo          : ObjectNotFound: ({}:String) [], CommandNotFoundException",
)
OTHERS = [
    "FileNotFoundError: [WinError 2] The system cannot find the file specified",
    "The term '.venv\\Scripts\\pip' is not recognized as the name of a cmdlet",
    "bash: python: command not found",
    "'dtype' is not recognized as a type",
]


@pytest.mark.parametrize("saying", SAYING)
@pytest.mark.parametrize("command", ["pip", "pip3", "python", "python3.12", "py", "uv", "torchrun"])
def test_commands_of_python(command, saying):
    assert explain.causes(saying.format(command))[0].rule == RULE


@pytest.mark.parametrize("saying", SAYING)
@pytest.mark.parametrize(("command", "rule"), [("conda", "conda-not-initialised"), ("nvidia-smi", "no-driver")])
def test_commands_with_a_cause_of_their_own(command, rule, saying):
    assert [cause.rule for cause in explain.causes(saying.format(command))] == [rule]


@pytest.mark.parametrize("saying", SAYING)
@pytest.mark.parametrize("command", ["svn", "wget", "pipeline", "pythonista"])
def test_other_commands(command, saying):
    assert explain.causes(saying.format(command)) == ()


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

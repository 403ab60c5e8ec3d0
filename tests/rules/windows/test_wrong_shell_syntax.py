"""wrong-shell-syntax."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "wrong-shell-syntax"
TEXTS = [
    "The token '&&' is not a valid statement separator in this version.",
    "'export' is not recognized as an internal or external command,",
    "source : The term 'source' is not recognized as the name of a cmdlet",
    "'$env:CUDA_VISIBLE_DEVICES' is not recognized as an internal or external command,",
    "'CUDA_VISIBLE_DEVICES' is not recognized as an internal or external command,",
    ">>> python -m pip install torch",
    'ERROR: Invalid requirement: "\'numpy"',
    "--extra-index-url : The term '--extra-index-url' is not recognized as the name of a cmdlet",
]
OTHERS = [
    ">>> import pip",
    ">>> python = 3",
    "ERROR: Invalid requirement: 'torch==': Expected end",
    "error: Unexpected token in expression",
    "'Export' is not recognized as a class of torch.export",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_what_a_build_calls_is_no_command_of_the_user():
    text = "running build_ext\n'source' is not recognized as an internal or external command,\n"
    text += "error: command 'cmake' failed\nERROR: Failed building wheel for demo"
    assert RULE not in [cause.rule for cause in explain.causes(text)]

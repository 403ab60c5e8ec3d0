"""conda-not-initialised."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "conda-not-initialised"
TEXTS = [
    "CondaError: Run 'conda init' before 'conda activate'",
    "conda : The term 'conda' is not recognized as the name of a cmdlet, function, script file, or operable program.",
    "'conda' is not recognized as an internal or external command,",
    "bash: conda: command not found",
]
OTHERS = [
    "The term 'python' is not recognized as the name of a cmdlet",
    "CondaHTTPError: HTTP 000 CONNECTION FAILED",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)

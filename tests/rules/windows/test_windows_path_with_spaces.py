"""windows-path-with-spaces."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "windows-path-with-spaces"
TEXTS = [
    "LINK : fatal error LNK1181: cannot open input file 'Files.obj'",
    '"C:\\Program" no se reconoce como un comando interno o externo,\nprograma o archivo por lotes ejecutable.',
]
OTHERS = [
    "LINK : fatal error LNK1181: cannot open input file 'torch_python.lib'",
    "LINK : fatal error LNK1104: cannot open file 'C:\\build\\ops.obj'",
    "'C:\\Users\\jane\\tool.exe' is not recognized as an internal or external command,",
    "cl : Command line warning D9024 : unrecognized source file type 'ops.cu', object file assumed",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_what_was_typed_is_quoted_and_what_a_tool_wrote_is_moved():
    built, typed = (remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text))) for text in TEXTS)
    assert "without spaces" in built[0].title
    assert "quotation marks" in typed[0].title

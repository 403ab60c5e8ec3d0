"""msvc-environment-not-loaded."""

import pytest

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "msvc-environment-not-loaded"
TEXTS = [
    'x.cpp(1): fatal error C1083: Datei (Include) kann nicht geöffnet werden: "cstdint": No such file or directory',
    "x.cpp(1): fatal error C1083: Impossible d'ouvrir le fichier include : 'stddef.h' : No such file or directory",
    "LINK : fatal error LNK1104: ファイル 'kernel32.lib' を開くことができません。",
]
OTHERS = [
    "x.cpp(1): fatal error C1083: Cannot open include file: 'omp.h': No such file or directory",
    "LINK : fatal error LNK1104: cannot open file 'python311.lib'",
    "LINK : fatal error LNK1104: cannot open file 'c10.lib'",
    "'clip' is not recognized as an internal or external command,",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_a_prompt_that_is_loaded_needs_only_the_setting():
    text = "UserWarning: It seems that the VC environment is activated but DISTUTILS_USE_SDK is not set."
    (use,) = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows", shell="cmd"), error=ErrorText(text=text)))
    assert use.commands[0] == ("set", "DISTUTILS_USE_SDK=1")

"""wrong-wheel-for-platform."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Python
from tests.rules.judging import facts_of, points_to

RULE = "wrong-wheel-for-platform"


def test_texts():
    line = "ERROR: torch-2.7.1-cp312-cp312-win_amd64.whl is not a supported wheel on this platform."
    assert points_to(RULE, line)
    assert points_to(RULE, "(mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))")
    assert points_to(RULE, "OSError: libtorch.so: wrong ELF class: ELFCLASS64")
    assert not points_to(RULE, "Collecting torch-2.7.1-cp312-cp312-win_amd64.whl")


def test_the_tags_of_the_interpreter_are_listed():
    facts = facts_of(python=Python(executable="/env/bin/python"))
    assert remedies_of(rules.load(RULE), facts)[0].commands == (("/env/bin/python", "-m", "pip", "debug", "--verbose"),)

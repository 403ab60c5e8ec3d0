"""tensorrt-library-missing: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Python
from tests.rules.judging import facts_of, points_to

RULE = "tensorrt-library-missing"


def test_what_is_there_is_asked_first():
    first = remedies_of(rules.load(RULE), facts_of(python=Python(executable="/e/bin/python")))[0]
    assert first.commands[0][-2:] == ("show", "tensorrt")


def test_near_misses():
    assert not points_to(RULE, "libnvrtc.so.12: cannot open shared object file")
    assert not points_to(RULE, "Deserialized engine with libnvinfer.so.8")

"""environment-moved: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText
from tests.rules.judging import facts_of, points_to

RULE = "environment-moved"


def titles(text):
    return [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text)))]


def test_variables_are_only_left_out_where_python_does_not_find_itself():
    lost = "Fatal Python error: init_fs_encoding: failed to get the Python codec of the filesystem encoding"
    assert "variables" in titles(lost)[0]
    assert not any("variables" in title for title in titles("No Python at 'C:\\py\\python.exe'"))


def test_near_misses():
    assert not points_to(RULE, "Unable to create process using '\"'")
    assert not points_to(RULE, "Fatal Python error: Segmentation fault")
    assert not points_to(RULE, "bash: ./run.py: /usr/bin/python2: bad interpreter: No such file or directory")

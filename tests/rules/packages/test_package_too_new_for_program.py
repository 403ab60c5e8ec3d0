"""package-too-new-for-program: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Python
from tests.rules.judging import facts_of, points_to

RULE = "package-too-new-for-program"


def commands(text, **python):
    known = facts_of(error=ErrorText(text=text), python=Python(executable="/e/bin/python", **python))
    return [command for remedy in remedies_of(rules.load(RULE), known) for command in remedy.commands]


def test_the_releases_that_still_have_it():
    assert "Pillow<10" in commands("AttributeError: module 'PIL.Image' has no attribute 'ANTIALIAS'")[0]
    assert "setuptools<81" in commands("ModuleNotFoundError: No module named 'pkg_resources'")[0]


def test_none_that_this_python_has_no_wheel_of():
    old_name = "AttributeError: module 'numpy' has no attribute 'bool'"
    assert "numpy<1.24" in commands(old_name, version="3.11.9")[0]
    assert commands(old_name, version="3.12.1") == []


def test_near_misses():
    assert not points_to(RULE, "AttributeError: module 'numpy' has no attribute 'int33'")
    assert not points_to(RULE, "pkg_resources is deprecated as an API")

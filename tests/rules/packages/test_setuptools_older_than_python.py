"""setuptools-older-than-python: its texts are in tests/explain/examples."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Python
from tests.rules.judging import facts_of, points_to

RULE = "setuptools-older-than-python"
LINE = "AttributeError: module 'pkgutil' has no attribute 'ImpImporter'"
HERE = Python(executable="/v/bin/python", version="3.12.1", pip_version="24.0")


def titles(text):
    return [remedy.title for remedy in remedies_of(rules.load(RULE), facts_of(error=ErrorText(text), python=HERE))]


def test_what_is_too_old_is_what_is_renewed():
    assert "Update what is too old" in titles(LINE)[0]
    assert "ensurepip" in titles(f'File "/v/lib/pip/_vendor/pkg_resources/__init__.py"\n{LINE}')[0]


def test_a_package_that_brings_its_own_is_not_reached_by_an_update():
    first, second = titles(f"Getting requirements to build wheel ... error\n{LINE}")
    assert "newer release of the package" in first
    assert "Python" in second


def test_near_misses():
    assert not points_to(RULE, "AttributeError: module 'pkgutil' has no attribute 'resolve_names'")

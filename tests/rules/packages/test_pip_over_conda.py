"""pip-over-conda."""

from doctor.facts import Conda
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "pip-over-conda"


def test_a_warning_for_packages_that_matter_here():
    found = finding(RULE, conda=Conda(prefix="/env", pip_over_conda=("numpy", "rich")))
    assert found and found.severity is Severity.WARNING
    assert "numpy" in found.message and "rich" not in found.message


def test_quiet_on_others():
    assert finding(RULE, conda=Conda(pip_over_conda=("rich",))) is None
    assert finding(RULE, conda=Conda()) is None


def test_texts():
    line = (
        "ERROR: Cannot uninstall 'numpy'. It is a distutils installed project and thus we cannot accurately determine"
    )
    assert points_to(RULE, line)
    assert not points_to(RULE, "Successfully uninstalled numpy-1.26.4")


def test_an_environment_that_was_looked_at_clears_it():
    assert is_cleared(RULE, conda=Conda(prefix="/env"))
    assert is_open(RULE, conda=Conda())  # a text that lists conda's packages


def test_what_was_asked_for_is_listed():
    found = finding(RULE, conda=Conda(prefix="/env", pip_over_conda=("numpy",)))
    assert commands(found) == [("conda", "env", "export", "--from-history", "-p", "/env")]

"""pip-over-conda."""

from doctor.facts import Conda
from doctor.model import Severity
from tests.rules.judging import finding, points_to

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

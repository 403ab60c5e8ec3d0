"""unmet-requirements."""

from doctor.facts import Failure, Packages, Runtime, Unmet
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "unmet-requirements"
SYMPY = Unmet("torch", "sympy>=1.13.3", "")


def test_fires_on_what_torch_needs():
    found = finding(RULE, packages=Packages(unmet=(SYMPY,)))
    assert found and found.severity is Severity.WARNING
    assert commands(found)[0][-1] == "sympy>=1.13.3"


def test_an_error_when_the_import_fails_for_it():
    failed = Runtime(failure=Failure("ModuleNotFoundError: No module named 'sympy'"))
    found = finding(RULE, packages=Packages(unmet=(SYMPY,)), runtime=failed)
    assert found and found.severity is Severity.ERROR


def test_quiet_on_pairs_and_on_other_packages():
    pair = Unmet("torchvision", "torch==2.7.1", "2.6.0")
    other = Unmet("jupyter", "notebook", "")
    assert finding(RULE, packages=Packages(unmet=(pair, other))) is None
    assert finding(RULE, packages=Packages()) is None


def test_texts():
    assert points_to(RULE, "torch 2.7.1 requires sympy>=1.13.3, but you have sympy 1.12 which is incompatible.")
    assert points_to(RULE, "ModuleNotFoundError: No module named 'typing_extensions'")
    line = "tensorflow 2.16 requires numpy<2, but you have numpy 2.1 which is incompatible."
    assert not points_to(RULE, line)

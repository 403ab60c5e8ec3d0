"""numpy-missing."""

from doctor.facts import Conda, CondaPackage, Package, Packages, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "numpy-missing"
TORCH = Torch(version="2.7.1")


def test_only_told():
    found = finding(RULE, torch=TORCH, packages=Packages((Package("torch", "2.7.1"),)))
    assert found and found.severity is Severity.INFO


def test_quiet_when_it_is_there_or_the_list_is_cut():
    assert finding(RULE, torch=TORCH, packages=Packages((Package("numpy", "2.1.0"),))) is None
    assert finding(RULE, torch=TORCH, packages=Packages(complete=False)) is None
    by_conda = Conda(packages=(CondaPackage("numpy", "2.1.0"),))
    assert finding(RULE, torch=TORCH, packages=Packages(), conda=by_conda) is None


def test_texts():
    line = "UserWarning: Failed to initialize NumPy: No module named 'numpy' (Triggered internally at"
    assert points_to(RULE, line)
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'numpy.core'")


def test_a_numpy_that_is_listed_clears_it():
    assert is_cleared(RULE, torch=TORCH, packages=Packages((Package("numpy", "2.1.0"),)))
    assert is_open(RULE, torch=TORCH, packages=Packages(complete=False))
    assert is_open(RULE, torch=Torch(), packages=Packages())


def test_the_numpy_that_torch_was_built_for_is_installed():
    pip = ("python", "-m", "pip", "install")
    assert commands(finding(RULE, torch=TORCH, packages=Packages())) == [(*pip, "numpy")]
    assert commands(finding(RULE, torch=Torch(version="2.2.2"), packages=Packages())) == [(*pip, "numpy<2")]

"""torch-not-installed."""

from doctor.facts import Conda, CondaPackage, Environment, Environments, Package, Packages, Python, Torch
from doctor.model import Severity
from tests.rules.judging import NOT_THERE, commands, finding, points_to

RULE = "torch-not-installed"
PYTHON = Python(executable="/env/bin/python")


def test_fires_where_the_package_list_is_complete_and_without_torch():
    found = finding(RULE, torch=NOT_THERE, python=PYTHON, packages=Packages())
    assert found is not None
    assert found.severity is Severity.ERROR
    assert commands(found)[0][:4] == ("/env/bin/python", "-m", "pip", "install")


def test_names_the_environment_that_has_torch():
    there = Environments((Environment("/opt/conda/envs/ml", "conda", torch_version="2.7.1"),))
    found = finding(RULE, torch=Torch(version=""), python=PYTHON, packages=Packages(), environments=there)
    assert found is not None
    assert "/opt/conda/envs/ml" in found.message
    assert any("/opt/conda/envs/ml" in command for command in commands(found))


def test_an_environment_without_torch_is_not_named():
    others = Environments((Environment("/elsewhere", "venv", torch_version=""),))
    found = finding(RULE, torch=NOT_THERE, python=PYTHON, packages=Packages(), environments=others)
    assert found is not None
    assert "/elsewhere" not in found.message


def test_quiet_when_torch_is_there_or_conda_brings_it_or_the_list_is_cut():
    conda = Conda(packages=(CondaPackage("pytorch", "2.5.1"),))
    assert finding(RULE, torch=Torch(version="2.7.1"), packages=Packages()) is None
    assert finding(RULE, torch=NOT_THERE, packages=Packages(), conda=conda) is None
    assert finding(RULE, torch=NOT_THERE, packages=Packages((Package("torch", "2.7.1"),))) is None
    assert finding(RULE, torch=Torch(version=""), packages=Packages(complete=False)) is None


def test_texts():
    assert points_to(RULE, "importlib.metadata.PackageNotFoundError: No package metadata was found for torch")
    assert points_to(RULE, "AutoModel requires the PyTorch library but it was not found in your environment.")
    assert not points_to(RULE, "PackageNotFoundError: No package metadata was found for torchmetrics")

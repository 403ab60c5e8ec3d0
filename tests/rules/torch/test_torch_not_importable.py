"""torch-not-importable."""

from doctor.facts import Failure, Packages, Python, Runtime, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "torch-not-importable"


def test_fires_on_an_import_that_failed_died_or_hung():
    torch = Torch(version="2.7.1")
    failed = finding(RULE, torch=torch, runtime=Runtime(imported=False, failure=Failure("ImportError: x.so: broken")))
    died = finding(RULE, torch=torch, runtime=Runtime(failure=Failure("", signal="SIGSEGV")))
    hung = finding(RULE, torch=torch, runtime=Runtime(failure=Failure("", timed_out=True)))
    assert failed and "x.so: broken" in failed.message
    assert died and "SIGSEGV" in died.message
    assert hung and "in time" in hung.message
    assert commands(failed)[0][-1] == "torch===2.7.1"


def test_fires_on_a_dump_whose_torch_line_says_not_available():
    assert finding(RULE, torch=Torch(version=""), packages=Packages(complete=False)) is not None


def test_quiet_when_torch_works_or_was_not_tried():
    assert finding(RULE, torch=Torch(version="2.7.1"), runtime=Runtime(imported=True), python=Python()) is None
    assert finding(RULE, torch=Torch(version="2.7.1")) is None
    assert finding(RULE, torch=Torch(version=None), packages=Packages(complete=False)) is None


def test_texts():
    assert points_to(RULE, "ModuleNotFoundError: No module named 'torch'")
    assert points_to(RULE, "ImportError: No module named torch")
    assert points_to(RULE, "ModuleNotFoundError: No module named 'torchvision'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torchmetrics'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch._C'")

"""user-code-error."""

import pytest

from doctor.explain import causes
from doctor.model import Severity
from doctor.rules import load
from tests.rules.judging import points_to

RULE = "user-code-error"


@pytest.mark.parametrize(
    "line",
    [
        "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!",
        "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2708x7 and 256x256)",
        "RuntimeError: Trying to backward through the graph a second time (or directly access saved tensors after",
        "RuntimeError: Error(s) in loading state_dict for ResNet:",
        "RuntimeError: shape '[4, 16]' is invalid for input of size 60",
        "KeyError: 'label'",
        "TypeError: forward() missing 1 required positional argument: 'x'",
    ],
)
def test_texts(line):
    assert points_to(RULE, line)


@pytest.mark.parametrize(
    "line",
    [
        "AssertionError: Torch not compiled with CUDA enabled",
        "AttributeError: module 'torch' has no attribute 'Tensor'",
        "AttributeError: Can't pickle local object 'main.<locals>.<lambda>'",
        "NameError: name '_C' is not defined",
        "RuntimeError: CUDA error: no kernel image is available for execution on the device",
        "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88",
        "ModuleNotFoundError: No module named 'torch'",
    ],
)
def test_texts_of_the_environment(line):
    assert not points_to(RULE, line)


def test_never_outranks_an_environment_problem():
    assert load(RULE).severity is Severity.INFO


@pytest.mark.parametrize(
    "line",
    [
        "RuntimeError: stack expects each tensor to be equal size, but got [3, 32, 32] at entry 0 and [1, 32, 32]",
        "ValueError: num_samples should be a positive integer value, but got num_samples=0",
        "TypeError: 'float' object cannot be interpreted as an integer",
    ],
)
def test_named_before_the_hazard_of_the_loader(line):
    assert causes(line)[0].rule == RULE

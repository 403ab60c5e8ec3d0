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
        "KeyError: 'label'",
        "FileNotFoundError: [Errno 2] No such file or directory: 'requirements.txt'",
        "SyntaxError: invalid syntax",
        "AttributeError: 'NoneType' object has no attribute 'split'",
        "TypeError: __init__() got an unexpected keyword argument 'proxies'",
        "train.py: error: unrecognized arguments: --local-rank=0",
        "setup.py: error: the following arguments are required: command",
    ],
)
def test_texts_of_the_environment(line):
    assert not points_to(RULE, line)


TRACEBACK = """Traceback (most recent call last):
  File "{path}", line 12, in load
    return labels[name]
KeyError: 'label'
"""


def test_a_mistake_is_where_the_last_frame_is_the_user_s_own():
    assert causes(TRACEBACK.format(path="/home/user/project/train.py"))[0].rule == RULE
    assert causes(TRACEBACK.format(path=r"C:\Users\user\train.py"))[0].rule == RULE


@pytest.mark.parametrize(
    "path",
    [
        "/env/lib/python3.11/site-packages/transformers/models/auto.py",
        r"C:\Python311\Lib\json\decoder.py",
        "/tmp/pip-install-x1/apex/setup.py",
        "/usr/lib/python3/dist-packages/pip/_internal/cli.py",
        "<frozen importlib._bootstrap>",
        "<string>",
    ],
)
def test_never_in_a_package_an_installer_or_a_build(path):
    own = '  File "/home/user/train.py", line 3, in <module>\n    import x\n'
    text = TRACEBACK.format(path=path)
    assert RULE not in [cause.rule for cause in causes(text)]
    assert RULE not in [cause.rule for cause in causes(text.replace("\n", f"\n{own}", 1))]


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

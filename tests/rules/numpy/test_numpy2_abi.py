"""numpy2-abi."""

import pytest

from doctor.facts import Host, Module, Package, Packages, Runtime, Torch
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "numpy2-abi"
LINUX, WINDOWS = Host(os="linux"), Host(os="windows")


def judged(torch: str, numpy: str, host: Host = LINUX, **more):
    packages = Packages((Package("numpy", numpy),))
    return finding(RULE, torch=Torch(version=torch, **more), packages=packages, host=host)


def test_fires_before_the_releases_built_for_numpy_2():
    assert commands(judged("2.2.2", "2.1.0"))[0] == ("python", "-m", "pip", "install", "numpy<2")
    assert judged("2.4.0", "2.1.0", WINDOWS) is not None
    assert judged("2.1.2+cu121", "2.0.2") is not None


@pytest.mark.parametrize(("torch", "numpy"), [("2.3.0", "2.0.0"), ("2.2.2", "1.26.4"), ("2.0.0a0+git1", "2.1.0")])
def test_quiet_on_pairs_that_work_or_are_not_known(torch, numpy):
    assert judged(torch, numpy) is None


def test_quiet_on_conda_s_rebuilds_and_on_a_bridge_that_works():
    assert judged("2.2.2", "2.1.0", installer="conda") is None
    works = Runtime(imported=True, modules=(Module("numpy bridge", "2.1.0"),))
    packages = Packages((Package("numpy", "2.1.0"),))
    assert finding(RULE, torch=Torch(version="2.2.2"), packages=packages, runtime=works) is None


def test_texts():
    assert points_to(RULE, "A module that was compiled using NumPy 1.x cannot be run in")
    line = "UserWarning: Failed to initialize NumPy: _ARRAY_API not found (Triggered internally at"
    assert points_to(RULE, line)
    assert points_to(RULE, "RuntimeError: Numpy is not available")
    assert points_to(RULE, "RuntimeError: Could not infer dtype of numpy.float32")
    assert not points_to(RULE, "RuntimeError: Could not infer dtype of NoneType")
    assert not points_to(RULE, "TypeError: can't convert np.ndarray of type numpy.object_.")


def test_numpy_1_clears_it_and_a_torch_for_numpy_2_does_not():
    def known(torch: str, numpy: str):
        return {"torch": Torch(version=torch), "packages": Packages((Package("numpy", numpy),)), "host": LINUX}

    assert is_cleared(RULE, **known("2.2.2", "1.26.4"))
    assert is_open(RULE, **known("2.4.1", "2.1.2"))  # another package may be built for NumPy 1
    assert is_open(RULE, torch=Torch(version="2.2.2"), packages=Packages())
    assert is_open(RULE, torch=Torch(), packages=Packages((Package("numpy", "2.1.0"),)))

"""numpy-too-old-for-torch."""

from doctor.facts import Failure, Module, Package, Packages, Runtime, Torch
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "numpy-too-old-for-torch"
OLD = Failure("RuntimeError: module compiled against API version 0xf but this version of numpy is 0xe")


def test_fires_on_what_numpy_itself_says():
    runtime = Runtime(imported=True, modules=(Module("numpy bridge", failure=OLD),))
    found = finding(RULE, runtime=runtime, packages=Packages((Package("numpy", "1.21.0"),)))
    assert found and "1.21.0" in found.message


def test_quiet_on_a_bridge_that_works_or_fails_otherwise():
    assert finding(RULE, runtime=Runtime(modules=(Module("numpy bridge", "1.26.4"),))) is None
    other = Module("numpy bridge", failure=Failure("_ARRAY_API not found"))
    assert finding(RULE, runtime=Runtime(modules=(other,))) is None


def test_texts():
    line = "Failed to initialize NumPy: module compiled against API version 0xf but this version of numpy is 0xe"
    assert points_to(RULE, line)
    assert not points_to(RULE, "Failed to initialize NumPy: _ARRAY_API not found")


def test_a_module_of_numpy_1_beside_numpy_2_is_another_matter():
    line = "ImportError: module compiled against ABI version 0x1000009 but this version of numpy is 0x2000000"
    assert not points_to(RULE, line)
    assert points_to("numpy2-abi", line)
    assert not points_to("numpy2-abi", line.replace("0x2000000", "0xe").replace("0x1000009", "0xf"))


def test_a_bridge_that_works_clears_it():
    assert is_cleared(RULE, runtime=Runtime(modules=(Module("numpy bridge", "1.26.4"),)))
    assert is_open(RULE, runtime=Runtime())
    other = Module("numpy bridge", failure=Failure("_ARRAY_API not found"))
    assert is_open(RULE, runtime=Runtime(modules=(other,)))


def test_no_newer_numpy_than_torch_was_built_for():
    runtime = Runtime(imported=True, modules=(Module("numpy bridge", failure=OLD),))
    upgrade = ("python", "-m", "pip", "install", "--upgrade")
    assert commands(finding(RULE, runtime=runtime, torch=Torch(version="2.1.2"))) == [(*upgrade, "numpy<2")]
    assert commands(finding(RULE, runtime=runtime, torch=Torch(version="2.7.1"))) == [(*upgrade, "numpy")]

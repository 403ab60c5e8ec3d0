"""xpu-build-missing."""

from doctor.facts import Gpu, Intel, Nvidia, Package, Packages, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "xpu-build-missing"
CPU, ARC = Torch(version="2.7.1+cpu", build="cpu", xpu_version=""), Intel(gpus=("Intel(R) Arc(TM) A770 Graphics",))


def test_a_card_without_its_build_is_a_warning_and_an_error_where_it_is_meant():
    found = finding(RULE, torch=CPU, intel=ARC)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert any("+xpu" in part for command in commands(found) for part in command)
    meant = Packages((Package("intel-extension-for-pytorch", "2.7.10+xpu"),))
    assert finding(RULE, torch=CPU, intel=ARC, packages=meant).severity is Severity.ERROR


def test_quiet_on_integrated_graphics_beside_nvidia_and_with_the_build():
    for name in ("Intel(R) UHD Graphics 630", "Intel Iris Xe Graphics", "Intel(R) Arc(TM) Graphics"):
        assert finding(RULE, torch=CPU, intel=Intel(gpus=(name,))) is None
    assert finding(RULE, torch=CPU, intel=ARC, nvidia=Nvidia(gpus=(Gpu("NVIDIA A10"),))) is None
    assert finding(RULE, torch=Torch(version="2.7.1+xpu", build="xpu"), intel=ARC) is None
    assert finding(RULE, torch=Torch(version="2.7.1"), intel=ARC) is None


def test_texts():
    assert points_to(RULE, "RuntimeError: PyTorch is not linked with support for xpu devices")
    assert points_to(RULE, "AssertionError: Torch not compiled with XPU enabled")
    assert not points_to(RULE, "AssertionError: Torch not compiled with CUDA enabled")

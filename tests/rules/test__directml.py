"""Rules about accelerators where programs compute through DirectML."""

from doctor.facts import (
    Amd,
    AmdGpu,
    DeviceCheck,
    ErrorText,
    Gpu,
    Host,
    Intel,
    Nvidia,
    Package,
    Packages,
    Runtime,
    Torch,
)
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared

CPU = Torch(version="2.4.1+cpu", build="cpu", cuda_version="", hip_version="")
RADEON = Amd(gpus=(AmdGpu("AMD Radeon RX 6800", "gfx1030"),))
GEFORCE = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1660"),))
ARC = Intel(gpus=("Intel(R) Arc(TM) A770 Graphics",))
USED = Runtime(imported=True, devices=(DeviceCheck("privateuseone:0"),))
LISTED = Packages((Package("torch-directml", "0.2.5.dev240914"),), complete=False)
WINDOWS = Host(os="windows")


def test_a_radeon_that_directml_computes_on_needs_no_rocm_build() -> None:
    rule = "rocm-cpu-build-or-wrong-wheel"
    assert finding(rule, torch=CPU, amd=RADEON, host=WINDOWS)
    assert is_cleared(rule, torch=CPU, amd=RADEON, host=WINDOWS, runtime=USED)
    assert is_cleared(rule, torch=CPU, amd=RADEON, host=WINDOWS, packages=LISTED)
    asks = ErrorText("RuntimeError: Torch is not able to use GPU; add --skip-torch-cuda-test")
    assert finding(rule, torch=CPU, amd=RADEON, host=WINDOWS, packages=LISTED, error=asks)


def test_a_geforce_that_directml_computes_on_could_have_more() -> None:
    rule = "cpu-only-build-on-gpu-machine"
    found = finding(rule, torch=CPU, nvidia=GEFORCE, runtime=USED)
    assert found and found.severity is Severity.INFO
    asked = Runtime(imported=True, cuda_available=False, devices=USED.devices)
    found = finding(rule, torch=CPU, nvidia=GEFORCE, runtime=asked)
    assert found and found.severity is Severity.ERROR
    found = finding(rule, torch=CPU, nvidia=GEFORCE)
    assert found and found.severity is Severity.ERROR


def test_an_arc_that_directml_computes_on_needs_no_xpu_build() -> None:
    rule = "xpu-build-missing"
    assert finding(rule, torch=CPU, intel=ARC)
    assert finding(rule, torch=CPU, intel=ARC, packages=LISTED) is None

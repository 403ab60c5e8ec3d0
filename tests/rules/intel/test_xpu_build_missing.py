"""xpu-build-missing."""

import pytest

from doctor.diagnose import diagnose
from doctor.facts import ErrorText, Gpu, Host, Intel, Nvidia, Package, Packages, Python, Torch
from doctor.model import Severity, absent
from tests.rules.judging import commands, facts_of, finding, is_cleared, is_open, points_to

RULE = "xpu-build-missing"
LINUX = {"host": Host(os="linux", architecture="x86_64"), "python": Python(version="3.12.3")}
CPU, ARC = Torch(version="2.7.1+cpu", build="cpu", xpu_version=""), Intel(gpus=("Intel(R) Arc(TM) A770 Graphics",))


def test_a_card_without_its_build_is_a_warning_and_an_error_where_it_is_meant():
    found = finding(RULE, torch=CPU, intel=ARC, **LINUX)
    assert found is not None
    assert found.severity is Severity.WARNING
    (install,) = commands(found)
    assert install[:4] == ("python", "-m", "pip", "install")
    assert any("+xpu" in word for word in install)
    meant = Packages((Package("intel-extension-for-pytorch", "2.7.10+xpu"),))
    assert finding(RULE, torch=CPU, intel=ARC, packages=meant).severity is Severity.ERROR


@pytest.mark.parametrize("name", ["Intel Arc B-series Graphics", "Intel Data Center GPU Max 1550", "Intel Arc Pro A60"])
def test_names_of_cards(name):
    assert finding(RULE, torch=CPU, intel=Intel(gpus=(name,))) is not None


@pytest.mark.parametrize("name", ["Intel(R) UHD Graphics 630", "Intel Iris Xe Graphics", "Intel(R) HD Graphics 4600"])
def test_cleared_where_the_only_intel_gpu_is_one_that_no_xpu_build_serves(name):
    assert is_cleared(RULE, torch=CPU, intel=Intel(gpus=(name,)))


def test_cleared_by_the_build_and_without_an_intel_gpu():
    assert is_cleared(RULE, torch=Torch(version="2.7.1+xpu", build="xpu"), intel=ARC)
    assert is_cleared(RULE, torch=CPU, intel=absent("none", "test"))


def test_open_beside_an_nvidia_gpu_for_newer_graphics_of_a_processor_and_an_unknown_build():
    assert is_open(RULE, torch=CPU, intel=ARC, nvidia=Nvidia(gpus=(Gpu("NVIDIA A10"),)))
    assert is_open(RULE, torch=CPU, intel=Intel(gpus=("Intel(R) Arc(TM) Graphics",)))
    assert is_open(RULE, torch=Torch(version="2.7.1"), intel=ARC)


def test_a_program_that_asks_for_cuda_points_here_on_a_machine_with_an_arc():
    text = ErrorText("AssertionError: Torch not compiled with CUDA enabled")
    nothing = {name: absent("none", "test") for name in ("nvidia", "amd")}
    cpu = Torch(version="2.7.1+cpu", build="cpu", cuda_version="", xpu_version="")
    report = diagnose(facts_of(torch=cpu, intel=ARC, error=text, **LINUX, **nothing))
    by_rule = {f.rule: f for f in report.findings}
    assert "cpu-only-build-on-gpu-machine" not in by_rule
    assert by_rule[RULE].evidence[-1].fact == "error.text"


def test_a_working_xpu_is_offered_no_cpu_build():
    text = ErrorText("AssertionError: Torch not compiled with CUDA enabled")
    xpu = Torch(version="2.7.1+xpu", build="xpu", cuda_version="", xpu_version="2025.0")
    nothing = {name: absent("none", "test") for name in ("nvidia", "amd")}
    report = diagnose(facts_of(torch=xpu, intel=ARC, error=text, **LINUX, **nothing))
    assert not [w for f in report.findings for r in f.remedies for argv in r.commands for w in argv if "cpu" in w]


def test_texts():
    assert points_to(RULE, "RuntimeError: PyTorch is not linked with support for xpu devices")
    assert points_to(RULE, "AssertionError: Torch not compiled with XPU enabled")
    assert not points_to(RULE, "AssertionError: Torch not compiled with CUDA enabled")

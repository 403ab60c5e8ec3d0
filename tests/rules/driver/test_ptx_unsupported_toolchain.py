"""ptx-unsupported-toolchain."""

from doctor.facts import ErrorText, Gpu, Nvidia, Runtime, Torch
from doctor.model import absent
from tests.rules.hosts import PYTHON, UBUNTU, WINDOWS
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "ptx-unsupported-toolchain"
TEXT = "RuntimeError: CUDA error: the provided PTX was compiled with an unsupported toolchain."
TORCH = Torch(version="2.0.1", cuda_version="11.7")


def test_fires_when_the_program_says_so_and_the_driver_is_older_than_the_build():
    found = finding(RULE, nvidia=Nvidia(driver_version="510.47.03"), torch=TORCH, error=ErrorText(TEXT))
    assert found is not None
    assert "11.6" in found.message


def test_fires_when_only_ptx_reaches_the_gpu():
    only = Runtime(arch_list=("sm_75", "sm_80", "compute_80"))
    gpu = Nvidia(driver_version="525.60.13", gpus=(Gpu("NVIDIA H100", compute_capability="9.0"),))
    assert finding(RULE, nvidia=gpu, torch=Torch(version="2.3.0a0", cuda_version="12.4"), runtime=only) is not None


def test_quiet_with_machine_code_or_a_driver_that_is_new_enough():
    ada = Nvidia(driver_version="535.54.03", gpus=(Gpu("NVIDIA GeForce RTX 4090", compute_capability="8.9"),))
    assert finding(RULE, nvidia=ada, torch=Torch(version="2.7.1+cu128", cuda_version="12.8")) is None
    assert finding(RULE, nvidia=Nvidia(driver_version="550.54.14"), torch=TORCH, error=ErrorText(TEXT)) is None
    assert finding(RULE, nvidia=Nvidia(), torch=TORCH, error=ErrorText(TEXT)) is None


def test_the_ptx_may_be_an_extensions():
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14"), torch=TORCH, error=ErrorText(TEXT))
    assert is_open(RULE, nvidia=Nvidia(), torch=TORCH, error=ErrorText(TEXT))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_a_build_with_machine_code_comes_before_another_driver():
    only = Runtime(arch_list=("sm_75", "sm_80", "compute_80"))
    gpu = Nvidia(driver_version="525.60.13", gpus=(Gpu("NVIDIA H100", compute_capability="9.0"),))
    torch = Torch(version="2.3.0a0", cuda_version="12.4")
    found = finding(RULE, nvidia=gpu, torch=torch, runtime=only, host=UBUNTU, python=PYTHON)
    assert any("+cu126" in word for word in commands(found)[0])
    assert commands(found)[-1] == ("sudo", "ubuntu-drivers", "install")


def test_the_driver_that_the_toolkit_came_with_is_named_by_the_systems_own_numbers():
    old = Nvidia(driver_version="510.47.03", gpus=(Gpu("NVIDIA A100", compute_capability="8.0"),))
    for host, version in ((UBUNTU, "515.43.04"), (WINDOWS, "516.01")):
        found = finding(RULE, nvidia=old, torch=TORCH, error=ErrorText(TEXT), host=host)
        assert found is not None
        assert version in found.remedies[0].title


def test_texts():
    assert points_to(RULE, TEXT)
    assert points_to(
        RULE, "ptxas application ptx input, line 9; fatal   : Unsupported .version 8.4; current version is '8.1'"
    )
    assert not points_to(RULE, "a PTX JIT compilation failed")

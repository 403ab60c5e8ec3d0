"""ptx-unsupported-toolchain."""

from doctor.facts import ErrorText, Gpu, Nvidia, Runtime, Torch
from tests.rules.judging import finding, points_to

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


def test_texts():
    assert points_to(RULE, TEXT)
    assert points_to(
        RULE, "ptxas application ptx input, line 9; fatal   : Unsupported .version 8.4; current version is '8.1'"
    )
    assert not points_to(RULE, "a PTX JIT compilation failed")

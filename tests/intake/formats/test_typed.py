from __future__ import annotations

import pytest

from doctor import intake
from doctor.intake.formats import collect_env, typed

LIST = "GPU: RTX 5060 Ti 16GB\nPython: 3.10.6\nPyTorch: 2.5.1+cu121\nOS: Windows 11\n"


def test_a_typed_list_is_a_persons():
    assert collect_env.read(LIST.splitlines()) == ({}, set())
    assert typed.read(LIST.splitlines())[0]["torch"].version == "2.5.1+cu121"


@pytest.mark.parametrize(
    "line",
    [
        "Collecting environment information...",
        "Is CUDA available: True",
        "CUDA used to build PyTorch: 12.1",
        "torch.version.cuda: 12.1",
        "CUDA_HOME=/usr/local/cuda",
    ],
)
def test_what_a_program_prints_is_no_typed_list(line: str):
    assert typed.read([*LIST.splitlines(), line]) == ({}, set())


def test_an_error_beside_a_typed_list_is_judged():
    text = f"CUDA error: no kernel image is available for execution on the device\n\n{LIST}"
    assert intake.examine(text, lambda part: "no kernel image" in part).facts.error.value is not None


def test_beside_what_a_program_printed_words_of_another_time_are_no_error():
    told = "Somebody else had: no kernel image is available for execution on the device"
    printed = f"{told}\n\nIs CUDA available: True\n{LIST}"
    assert intake.examine(printed, lambda part: "no kernel image" in part).facts.error.value is None


def test_whom_the_names_of_gpus_are_from() -> None:
    def source(text: str) -> str:
        nvidia = intake.read(text).nvidia.value
        assert nvidia is not None and nvidia.gpus
        return nvidia.gpus_source

    assert source("GPU: NVIDIA GeForce RTX 3060\nPyTorch version: 2.5.1\n") == "text"
    assert source("I have an RTX 3060 and torch 2.5.1 on Windows 11.\n") == "text"
    asked = "PyTorch version: 2.5.1\nIs debug build: False\nGPU models and configuration: GPU 0: Tesla T4\n"
    assert source(f"Collecting environment information...\n{asked}") == "nvidia-smi"
    assert (
        source("- `Accelerate` version: 1.1.0\n- PyTorch version (GPU?): 2.5.1 (True)\n- GPU type: Tesla T4\n")
        == "torch"
    )


def test_the_words_of_a_command_are_not_all_torchs():
    facts = intake.read("PyTorch: python=3.8 pytorch==1.10.1 cudatoolkit=11.3 -c pytorch")
    assert facts.torch.value.version == "1.10.1"
    assert not intake.read("PyTorch: numpy==1.21 and the rest").torch.value


def test_the_bare_number_of_a_kernel_leaves_wsl_open():
    assert intake.read("OS: Ubuntu 22.04\nKernel: 5.15.153\nPyTorch: 2.1.0").host.value.wsl is None
    assert intake.read("OS: Ubuntu 22.04\nKernel: 5.15.0-91-generic\nPyTorch: 2.1.0").host.value.wsl == 0

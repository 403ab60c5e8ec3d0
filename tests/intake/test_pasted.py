"""What people paste beside their words: bare lists, one answer below several questions, lines with a stamp."""

from __future__ import annotations

import pytest

from doctor import intake
from doctor.facts import Facts


def _gpus(facts: Facts) -> list[str]:
    nvidia = facts.nvidia.value
    return [gpu.name for gpu in (nvidia.gpus or ())] if nvidia else []


def test_a_list_of_nothing_but_facts_is_of_this_machine() -> None:
    facts = intake.read("It stops at the first batch.\n\nUbuntu 22.04\nRTX 4070 Ti\n2.7.1+cu128\n")
    assert _gpus(facts) == ["RTX 4070 Ti"]
    assert facts.host.value and facts.host.value.distribution_version == "22.04"
    assert facts.torch.value and facts.torch.value.build == "cu128"


@pytest.mark.parametrize(
    "text",
    [
        "### Prerequisites\nUbuntu 22.04\nRTX 3090\n",
        "Tested on:\nUbuntu 20.04\nRTX 3090\n",
        "RTX 3090\nRTX 4090\n",
        "RTX 3090\n\nThe torch code is on my page.\n",
        "推荐配置：\nUbuntu 20.04\nRTX 3090\n",
    ],
)
def test_what_others_need_or_have_is_not(text: str) -> None:
    assert _gpus(intake.read(f"torch\n\n{text}")) == []


@pytest.mark.parametrize(
    ("text", "gpus"),
    [
        ("Local (Hardware: Ryzen 7 5800X, 64 GB of RAM, 2x 4090s, Ubuntu 24.04)", ["GeForce RTX 4090"] * 2),
        ("My GPU is an nvidia RTX3080 with the latest drivers. torch", ["nvidia RTX 3080"]),
        ("I have a laptop with an rtx3070M. torch", ["rtx 3070M"]),
        ("My card (6700xt) is not used by torch", []),
        ("It crashes on my GeForce 3070Ti. torch", ["GeForce 3070Ti"]),
        ("I have a 1080 Ti. torch", ["GeForce GTX 1080 Ti"]),
        ("I want to buy 2x 4090s for torch", []),
    ],
)
def test_gpus_in_sentences(text: str, gpus: list[str]) -> None:
    assert _gpus(intake.read(text)) == gpus


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("torch.__version__: 2.4.1+cu121\ntorch.version.cuda: 12.1\n", "2.4.1+cu121"),
        ("torch version: 1.9.1cu111 + torchvision 0.10.1cu111\n", "1.9.1+cu111"),
        ("- PyTorch version [1.12.1]\n- GPU model [RTX 2080]\n", "1.12.1"),
        ("My environment is\n    pytorch=1.10.0\n    python=3.8\n", "1.10.0"),
        ("### System Info\ntorch==2.3.1  my_trainer ==v0.9.1-77ab330f  cuda==12.1\n", "2.3.1"),
        (
            'python -c "import torch; print(torch.__version__); print(1)"\nUserWarning: slow\n2.5.1+cu124\n1\n',
            "2.5.1+cu124",
        ),
        ("# PyTorch/CUDA trouble inside a container\n\n- Ubuntu 22.04\n- RTX 3090\n", None),
        ("### PyTorch\n\n22.04\n", None),
        ('my environment is "2.2.2+cu118" on the server\n', "2.2.2+cu118"),
        ("The pytorch version is the 2.0.0\n", "2.0.0"),
        ("This happened to me with `pytorch=1.9.0`\n", "1.9.0"),
        ("    model = 1.10.0\n    torch = 'cpu'\n", None),
        ("conda create -n x \\\n    pytorch=1.10.0 \\\n", None),
    ],
)
def test_the_version_of_torch(text: str, version: str | None) -> None:
    torch = intake.read(text).torch.value
    assert (torch.version if torch else None) == version


def test_an_error_with_a_path_behind_a_colon_is_no_answer() -> None:
    text = "torch\n# make:/bin/sh: 1: :/usr/local/cuda/bin/nvcc: not found\n\nAfter that I ran the tests.\nRTX 3090\n"
    facts = intake.examine(text, lambda said: "nvcc: not found" in said).facts
    assert facts.error.value and "nvcc: not found" in facts.error.value.text


def test_hip_that_torch_denies_is_not_there() -> None:
    runtime = intake.read("torch.__version__: 2.4.1+cu121\ntorch.version.hip: None\n").runtime.value
    assert runtime and runtime.hip is False


@pytest.mark.parametrize(
    ("name", "shown"), [("5600 XT", "Radeon RX 5600 XT"), ("7900 GRE", "Radeon RX 7900 GRE"), ("5090", None)]
)
def test_suffixes_that_only_amd_has(name: str, shown: str | None) -> None:
    amd = intake.read(f"torch\n\n### GPU model\n\n{name}\n").amd.value
    assert (amd.gpus[0].name if amd else None) == shown


def test_a_stamp_with_a_zone_before_each_line() -> None:
    stamp = "2025-03-02T09:15:07.120034118+01:00 "
    lines = [
        "==((====))==  Unsloth 2024.11.7: Fast Llama patching. Transformers = 4.46.3.",
        "   \\\\   /|    GPU: NVIDIA RTX A4000. Max memory: 15.7 GB. Platform = Linux.",
        "O^O/ \\_/ \\    Pytorch: 2.1.2+cu121. CUDA = 8.6. CUDA Toolkit = 12.1.",
    ]
    facts = intake.read("\n".join(stamp + line for line in lines))
    assert _gpus(facts) == ["NVIDIA RTX A4000"]
    assert facts.torch.value and facts.torch.value.version == "2.1.2+cu121"


def test_the_start_of_webui_names_its_torch_and_the_compiler_of_python_the_system() -> None:
    facts = intake.read(
        "Python 3.10.9 (main, Jan  4 2024, 08:00:12) [Clang 15.0.0 (clang-1500.1.0.2)]\n"
        "Launching Web UI with arguments: --skip-torch-cuda-test\nYou are running torch 2.0.1.\n"
    )
    assert facts.torch.value and facts.torch.value.version == "2.0.1"
    assert facts.host.value and facts.host.value.os == "macos" and "os" in facts.host.inferred


def test_a_dash_may_stand_between_a_label_and_its_value() -> None:
    facts = intake.read("my torch environment-\ncuda - 12\nos - Windows 10\nGPU - RTX 4070\n")
    assert facts.host.value and facts.host.value.os == "windows"
    assert _gpus(facts) == ["RTX 4070"]


def test_a_bare_line_stands_beside_what_somebody_says() -> None:
    facts = intake.read("I have an RTX 2070 and torch fails\n\nwin10\n")
    assert facts.host.value and facts.host.value.os == "windows"


def test_what_pip_says_of_a_conflict_is_installed_and_left_to_be_judged() -> None:
    line = "torchvision 0.14.0 requires torch==1.13.0, but you have torch 1.12.1 which is incompatible."
    facts = intake.examine(line, lambda said: "incompatible" in said).facts
    packages = facts.packages.value
    assert packages and (packages.version("torch"), packages.version("torchvision")) == ("1.12.1", "0.14.0")
    assert facts.error.value and facts.error.value.text == line


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("[  12.345678] NVRM: No NVIDIA graphics adapter probed!", "linux"),
        ("RuntimeError on macOS Sonoma 14.5", "macos"),
        ("RuntimeError on macOS like systems", None),
    ],
)
def test_words_that_name_the_system(text: str, system: str | None) -> None:
    host = intake.examine(f"torch\n{text}\n", lambda _: True).facts.host.value
    assert (host.os if host else None) == system


def test_a_suffix_is_enough_for_an_amd_card() -> None:
    amd = intake.read("I have a 6700xt, torch 2.4.1+rocm6.1").amd.value
    assert amd and amd.gpus[0].name == "Radeon RX 6700xt"


def test_kohya_names_the_memory_with_its_unit() -> None:
    facts = intake.read(
        "10:01:02-000001 INFO     nVidia toolkit detected\n10:01:03-000001 INFO     Torch 2.7.1+cu128\n"
        "10:01:04-000001 INFO     Torch detected GPU: NVIDIA GeForce RTX 5070 VRAM 12227MB Arch 12.0 Cores 48\n"
    )
    assert facts.nvidia.value and facts.nvidia.value.gpus
    assert facts.nvidia.value.gpus[0].compute_capability == "12.0"


def test_the_folders_of_conda_channels_name_the_system() -> None:
    text = "PackagesNotFoundError: pytorch is not available\n  - https://channel.example.org/main/win-64\n"
    facts = intake.examine(text, lambda _: True).facts
    assert facts.host.value and facts.host.value.os == "windows"


def test_an_example_that_stayed_in_a_form_is_no_answer() -> None:
    host = intake.read("torch\n - OS: [e.g. Ubuntu 18.04] macOS 14.2\n").host.value
    assert host and (host.os, host.distribution_version) == ("macos", "14.2")


def test_torchcodec_names_the_torch_that_is_there() -> None:
    text = "Could not load libtorchcodec.\n2. The PyTorch version (2.9.0+cu128) is not compatible with\n"
    torch = intake.examine(text, lambda _: True).facts.torch.value
    assert torch and torch.version == "2.9.0+cu128"


def test_each_line_of_mmengine_may_have_a_stamp() -> None:
    lines = ("sys.platform: linux", "Python: 3.9.18 (main)", "GPU 0: NVIDIA A40", "PyTorch: 2.1.2", "MUSA_HOME: None")
    facts = intake.read("\n".join(f"04/02 10:00:01 - mmengine - INFO - {line}" for line in lines))
    assert facts.torch.value and facts.torch.value.version == "2.1.2"
    assert facts.host.value and facts.host.value.os == "linux"
    assert _gpus(facts) == ["NVIDIA A40"]


@pytest.mark.parametrize(
    ("text", "gpus"),
    [
        ("Hey! I am trying to run this on my Jetson Orin Nano. torch", ["Jetson Orin Nano"]),
        ("I was able to run it on my RTX 3080. torch", []),
        ("If I run it on my RTX 3080 it works with torch", []),
        ("A100-80G cuda 12.1 torch", ["A100-80G"]),
        ("Specs:\n- 8 GB RAM\n- nVidia GT 730M\n- Debian buster\ntorch", ["nVidia GT 730M"]),
        ("Graphic card: NVIDIA-2070\ntorch", ["NVIDIA-2070"]),
        ("I have a Titan-V GPU and torch", ["Titan-V"]),
        ("# torch: sm_120 error on RTX 5000 series", []),
    ],
)
def test_gpus_named_beside_an_attempt_or_in_short(text: str, gpus: list[str]) -> None:
    assert _gpus(intake.read(text)) == gpus


def test_emphasis_within_a_sentence_is_no_part_of_it() -> None:
    python = intake.read("torch\nMy **Python version** is `3.12.4`.\n").python.value
    assert python and python.version == "3.12.4"


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("| GPU  Name             Driver-Model | Bus-Id |\n|   0  NVIDIA T600        WDDM  | 00:01.0 |", "windows"),
        ("$ /opt/rocm/bin/rocminfo", "linux"),
        ("ROCk module version 6.12.12 is loaded", "linux"),
    ],
)
def test_tables_that_one_system_has_name_it(text: str, system: str) -> None:
    host = intake.examine(f"torch\n{text}\n", lambda _: True).facts.host.value
    assert host and host.os == system


def test_a_form_may_stand_behind_the_sign_of_a_comment() -> None:
    torch = intake.read("#- PyTorch Version (e.g., 1.10): 1.12\n#- OS (e.g., Linux):\n#- GPU models: 2x V100\n").torch
    assert torch.value and torch.value.version == "1.12"


def test_a_person_names_in_short_what_a_list_has_whole() -> None:
    listed = "# packages in environment at /opt/env:\nnumpy   1.26.4   py312_0\ntorch   2.5.1   pypi_0   pypi\n"
    read = intake.examine(f"I have installed Numpy 1.26 and Pytorch 2.5\n\n{listed}", lambda _: False)
    packages = read.facts.packages.value
    assert packages and packages.version("numpy") == "1.26.4"
    assert not read.notes


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Collecting torch\n  Downloading torch-2.4.1-cp311-cp311-manylinux1_x86_64.whl (797.1 MB)\nERROR: no", "3.11"),
        ("  Using cached torch-2.4.1-cp311-cp311-win_amd64.whl\n  Using cached x-1.0-cp310-cp310-win_amd64.whl", None),
        ("  Downloading tokenizers-0.20-cp38-abi3-win_amd64.whl\ntorch", None),
        ("D:\\Tools\\Python\\Python312\\Lib\\site-packages\\torch\\functional.py:504: UserWarning: slow", "3.12"),
    ],
)
def test_wheels_and_folders_name_the_python(text: str, version: str | None) -> None:
    python = intake.examine(text, lambda _: True).facts.python.value
    assert (python.version if python else None) == version

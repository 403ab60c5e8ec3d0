from __future__ import annotations

import pytest

from doctor import intake
from doctor.intake.formats import written
from doctor.intake.labels import name_of


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("What version of PyTorch are you using?", "pytorch version"),
        ("Which operating system are you using?", "os"),
        ("Python version (e.g. 3.10)", "python version"),
        ("操作系统及版本 / Operating system and version", "os"),
        ("驱动版本号", "nvidia driver version"),
        ("flash_attn version", "package flash-attn"),
        ("CUDA version", ""),
        ("Backend", None),
        ("CPU / GPU", None),
    ],
)
def test_what_a_label_asks_for(label: str, name: str | None):
    assert name_of(label) == name


@pytest.mark.parametrize(
    "text",
    [
        "### Python version\n\n>=3.9",
        "- 驱动版本：525以上",
        "- torchvision: 0.15+",
        "### PyTorch version\n\ntried 2.1.0 and 2.2.0",
        "### GPU\n\n_No response_",
        "### Steps\n\nRTX 3090",
        "设备：cuda",
    ],
)
def test_wishes_and_empty_answers_are_no_facts(text: str):
    assert written.read(text.splitlines())[0] == {}


def test_the_rest_of_a_command_that_installs_is_no_fact():
    facts, used = written.read(["      xformers==0.0.27 --index-url https://download.pytorch.org/whl/cu121"])
    assert (facts, used) == ({}, set())


def test_arrows():
    facts, used = written.read(["torch.version.cuda -> '12.4'", "torch.__version__ -> '2.5.1'"])
    assert (facts["torch"].version, facts["torch"].cuda_version, used) == ("2.5.1", "12.4", {0, 1})
    said = "torch.cuda.is_available() -> False"
    assert written.read([said]) == ({}, set())  # to be judged


def test_what_only_looks_like_a_label_stays_to_be_judged():
    assert written.read(["# nvidia/cuda:12.1.1-base-ubuntu22.04, torch.cuda.is_available() false"]) == ({}, set())


def test_a_program_is_believed_before_a_person():
    text = (
        "### Python version\n\n3.9\n\nCollecting environment information...\nPython version: 3.11.4 (64-bit runtime)\n"
    )
    assert intake.read(text).python.value.version == "3.11.4"


def test_cuda_alone_is_nobodys():
    facts = intake.read("显卡：RTX 3060\nCUDA版本：11.8\n")
    assert facts.nvidia.value.cuda_version is None
    assert facts.toolkits.value is None


def test_the_gpu_alone_above_its_driver():
    facts, used = written.read(["NVIDIA GeForce RTX 3060 (12 GB)", "Driver version: 551.61"])
    assert [gpu.name for gpu in facts["nvidia"].gpus] == ["NVIDIA GeForce RTX 3060"]
    assert used == {0}
    for above in ("NVIDIA GeForce RTX 3060 does not work for me, whatever I try", "Graphics", ""):
        assert not written.read([above, "Driver version: 551.61"])[0]


def test_an_aside_does_not_stay_half_in_a_name():
    facts, _ = written.read(["显卡: Intel Arc B580 (BMG, `8086:e20b`)"])
    assert facts["intel"].gpus == ("Intel Arc B580",)
    facts, _ = written.read(["显卡: RTX 4090 (24 GB, driver 550.54.14)"])
    assert facts["nvidia"].gpus[0].memory_bytes == 24 * 2**30


def test_the_choice_that_is_ticked_is_the_answer():
    form = ["### WSL Version", "", "- [ ] WSL 1", "- [X] WSL 2", "", "### Kernel Version", "", "5.10.16"]
    facts, used = written.read(form)
    assert (facts["host"].wsl, used >= {0, 2, 3}) == (2, True)
    for both in ("X", " "):
        assert "host" not in written.read(["### WSL Version", f"- [{both}] WSL 1", f"- [{both}] WSL 2"])[0]


def test_what_a_script_of_one_s_own_prints():
    facts, _ = written.read(["torch version = 2.3.1+rocm6.0", "device count = 1", "name = AMD Radeon RX 6650 XT"])
    assert facts["torch"].version == "2.3.1+rocm6.0"
    assert [gpu.name for gpu in facts["amd"].gpus] == ["AMD Radeon RX 6650 XT"]
    assert written.read(["name = my_experiment", "device name = cuda:0", "name = NVIDIA"])[0] == {}


def test_a_message_under_the_name_of_its_package_is_left_to_be_read():
    assert written.read(["Unsloth: Your GPU is too old!"]) == ({}, set())
    facts, used = written.read(["Unsloth: 2025.6.1, the newest!"])
    assert facts and used == {0}

from __future__ import annotations

import pytest

from doctor import intake
from doctor.intake.formats import sentences
from doctor.intake.recognise import examine


@pytest.mark.parametrize(
    "text",
    [
        "I want to install torch 2.1",
        "It works with torch 1.13 on my RTX 3060",
        "This requires torch 2.0 and an RTX 3090",
        "Does my RTX 5090 work?",
        "On my other machine I have an RTX 3090 with driver 525.60",
        "I tried torch 2.1.0 and torch 2.2.0",
        "my friend has an RTX 4090",
        "- PyTorch 2.6.0+cu124",
        "We need python 3.10",
        "I have CUDA 11.8",
        "我想安装torch2.1",
        "需要python3.10，显卡是RTX 3060以上",
        "UserWarning: I have an RTX 3090",
        "    my_gpu = 'RTX 3090'",
        "I have torch>=2.0",
    ],
)
def test_wishes_attempts_and_others_are_no_facts(text: str):
    assert sentences.read(text.splitlines())[0] == {}


def test_of_two_values_neither_is_told():
    facts, _ = sentences.read(["I have an RTX 3090, torch 2.1.0.", "We have an RTX 4090, torch 2.1"])
    assert "nvidia" not in facts
    assert facts["torch"].version == "2.1.0"


def test_what_was_tried_is_no_environment():
    text = "my environment:\nubuntu\nRTX 3090\n\ntried:\ntorch 1.6+cu101\n"
    facts, used = sentences.read(text.splitlines())
    assert "torch" not in facts
    assert used == {1, 2}


def test_trouble_in_the_sentence_stays_to_be_judged():
    text = "I use an RTX 3090 and get the error: Torch not compiled with CUDA enabled\nMy RTX 3090 shows an error 5"
    facts, used = sentences.read(text.splitlines())
    assert facts["nvidia"].gpus[0].name == "RTX 3090"
    assert used == set()


def test_a_program_is_believed_before_a_sentence():
    text = "I have torch 2.0.1 and an RTX 3060.\n\nPyTorch version: 2.1.0+cpu\nIs CUDA available: False\n"
    found = intake.examine(text)
    assert found.facts.torch.value.version == "2.1.0+cpu"
    assert found.facts.nvidia.value.gpus[0].name == "RTX 3060"
    assert "contradicts" in found.notes[0]


def test_the_driver_below_the_question_for_it():
    facts, used = sentences.read(["What's your driver version?", "535.129.03", "", "What is 2 + 2?", "510.47"])
    assert facts["nvidia"].driver_version == "535.129.03"
    assert used == {1}


def test_what_nvidia_smi_says_and_what_i_installed():
    facts, _ = sentences.read(["I installed torch 2.0.0+cu118 here.", "nvidia-smi says driver 441.66."])
    assert (facts["torch"].version, facts["nvidia"].driver_version) == ("2.0.0+cu118", "441.66")
    assert sentences.read(["I run an RTX 4090. With two of them training is stuck: I have an RTX 3060, too, stuck"])[
        1
    ] != {0}


def test_a_gpu_that_is_not_seen_is_there():
    gpus = examine("It doesn't recognize my NVIDIA RTX 3080 on that system").facts.nvidia.value.gpus
    assert [gpu.name for gpu in gpus] == ["NVIDIA RTX 3080"]
    assert sentences.read(["It doesn't recognize the RTX 3080 of my friend"])[0] == {}


@pytest.mark.parametrize(
    "text",
    [
        'In "System Info" it says "2.1.0+cpu Autocast half".',
        "When the app starts, the runtime reports **PyTorch `2.9.1+cpu`**.",
        "The log prints torch 2.0.1 + cpu instead of the GPU.",
    ],
)
def test_a_build_without_cuda_that_is_reported_is_there(text: str):
    facts, _ = sentences.read([text])
    assert facts["torch"].build == "cpu"


@pytest.mark.parametrize(
    "text",
    [
        "Please install `2.1.0+cpu` first.",
        "pip install 'torch==2.1.0+cpu' fails",
        "It says `0.15.1+cpu` of torchvision.",
        "Does 2.1.0+cpu work there?",
    ],
)
def test_a_build_without_cuda_that_is_asked_for_is_not(text: str):
    assert "torch" not in sentences.read([text])[0]


def test_a_model_written_in_one_word():
    gpus = examine("I have an RTX2070 8Gb, but it runs on the CPU").facts.nvidia.value.gpus
    assert [gpu.name for gpu in gpus] == ["RTX 2070"]


def test_other_programs_in_a_list_of_versions():
    facts, used = sentences.read(
        ["ray 2.9.3, torch 2.2.0+cu121, Ubuntu 20.04", "uv 0.5.24, macOS 15 arm64, python 3.12.8"]
    )
    assert facts["torch"].version == "2.2.0+cu121"
    assert facts["python"].version == "3.12.8"
    assert used == {0, 1}


def test_a_cpu_build_alone_on_its_line_is_there_and_a_requirement_is_not():
    assert sentences.read(["- torch 2.5.1+cpu", "- diffusers 0.31"])[0]["torch"].version == "2.5.1+cpu"
    for line in ("torch==2.5.1+cpu", "torch 2.5.1+cpu is what I want", "torch 2.5.1", "torchaudio 2.5.1+cpu"):
        assert "torch" not in sentences.read([line])[0]


def test_small_and_mobile_models():
    for name in ("GeForce GT 740M", "GeForce MX250", "GeForce 940MX", "GTX 950M"):
        gpus = sentences.read([f"My GPU is `{name}`"])[0]["nvidia"].gpus
        assert [gpu.name for gpu in gpus] == [name]


def test_what_does_not_work_on_my_gpu_names_the_gpu():
    for text in ("It does not work on my RTX 5090", "Training fails with my RTX 5090, can anybody help"):
        assert sentences.read([text])[0]["nvidia"].gpus[0].name == "RTX 5090"
    assert "nvidia" not in sentences.read(["It should work on an RTX 5090"])[0]


def test_data_center_models_by_their_letters_alone():
    assert [gpu.name for gpu in sentences.read(["I have 2x P40"])[0]["nvidia"].gpus] == ["P40", "P40"]
    assert sentences.read(["I use an AMD 7900 GRE"])[0]["amd"].gpus[0].name == "AMD 7900 GRE"


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("我的机器上安装了 torch 2.2 + cu121", "2.2+cu121"),
        ("I have pytorch 2.4.1 +cpu", "2.4.1+cpu"),
        ("I use torch 2.0.1 + a patch of ours", None),
    ],
)
def test_a_tag_stands_apart(text: str, version: str | None):
    torch = sentences.read([text])[0].get("torch")
    assert (torch.version if torch else None) == version


def test_a_python_without_its_point():
    assert sentences.read(["I am using ubuntu 18.04 with python37"])[0]["python"].version == "3.7"
    assert "python" not in sentences.read(["my python37.dll is gone"])[0]


def test_emphasis_does_not_cut_a_name():
    facts, _ = sentences.read(["I have a _GeForce RTX 2080 Ti_, which is enough"])
    assert facts["nvidia"].gpus[0].name == "GeForce RTX 2080 Ti"


def test_what_belongs_to_colab_is_no_colab():
    assert "host" not in sentences.read(["I've installed everything as in Colab's notebook"])[0]
    assert sentences.read(["I am using Colab"])[0]["host"].container == "colab"


def test_forms_of_the_words():
    facts, _ = sentences.read(["I run Debian 12 with kernel 6.1.55-amd64", "my GPU3060 has 12 GB"])
    assert facts["host"].kernel == "6.1.55-amd64"
    assert facts["nvidia"].gpus[0].name.endswith("3060")
    facts, _ = sentences.read(["I have python (version 3.9.12)", "- pytorch package (version 1.12.1)"])
    assert (facts["python"].version, facts["torch"].version) == ("3.9.12", "1.12.1")


@pytest.mark.parametrize(
    ("text", "gpu"),
    [
        ("我的显卡是2080S驱动是551.23，可以正常推理", "GeForce RTX 2080 SUPER"),
        ("RTX 4080 here.", "RTX 4080"),
        ("可以用2080S吗", None),
        ("can I get an RTX 4080 here?", None),
    ],
)
def test_cards_in_passing(text: str, gpu: str | None):
    nvidia = sentences.read([text])[0].get("nvidia")
    assert (nvidia.gpus[0].name if nvidia and nvidia.gpus else None) == gpu


def test_the_extension_of_intel_by_its_short_name():
    packages = sentences.read(["I'm running IPEX 2.3.110+xpu on it"])[0]["packages"]
    assert packages.version("intel-extension-for-pytorch") == "2.3.110+xpu"


def test_the_words_of_an_address_are_no_wish():
    facts, _ = sentences.read(["For my 9070 XT I use the wheels of https://x.example/releases/RTX-4090/test."])
    assert [gpu.name for gpu in facts["amd"].gpus] == ["Radeon RX 9070 XT"]
    assert "nvidia" not in facts


def test_a_python_named_with_a_hyphen():
    facts, _ = sentences.read(["I am using python-3.12.3 on Windows 11"])
    assert facts["python"].version == "3.12.3"


def test_a_line_below_my_environment_is():
    line = "Debian 12, CUDA 11.8, torch 2.1, gcc-12, python 3.11(miniconda), 3080ti, NV-driver 535.54.03"
    facts = examine(f"My environment is\n`{line}`\n").facts
    assert (facts.torch.value.version, facts.python.value.version) == ("2.1", "3.11")
    assert facts.nvidia.value and facts.nvidia.value.driver_version == "535.54.03"

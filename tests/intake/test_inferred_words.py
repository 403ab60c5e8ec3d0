"""What people tell of their torch in sentences."""

from __future__ import annotations

import pytest

from doctor.diagnose import diagnose
from doctor.intake.recognise import examine


@pytest.mark.parametrize(
    "text",
    [
        "With the wheel from pip `torch.cuda.is_available()` returned false.",
        'I checked "torch.cuda.is_available", it still returns False',
        "torch.cuda.is_available() always gives me False on this machine",
        "In an empty notebook I get False.\n```python\nimport torch\ntorch.cuda.is_available()\n```",
        "装完以后 torch.cuda.is_available()返回 False",
    ],
)
def test_cuda_is_said_not_to_be_there(text: str):
    runtime = examine(f"PyTorch on my machine\n{text}\n").facts.runtime
    assert runtime.value and runtime.value.cuda_available is False


@pytest.mark.parametrize(
    "text",
    [
        "If torch.cuda.is_available() returns False, reinstall it",
        "torch.cuda.is_available() should return False in the container",
        "It used to be that torch.cuda.is_available() was False. Now torch.cuda.is_available() is True.",
        "torch.cuda.is_available() returns True",
    ],
)
def test_what_is_no_report_of_it(text: str):
    runtime = examine(f"PyTorch on my machine\n{text}\n").facts.runtime
    assert runtime.value is None or runtime.value.cuda_available is not False


@pytest.mark.parametrize(
    ("text", "build"),
    [
        ("The command of the site turned to the CPU version of pytorch", "cpu"),
        ("pip installs the CPU-only build of torch here", "cpu"),
        ("检查后发现pytorch版本还是cpu版", "cpu"),
        ("if pip installs the CPU version of torch, add the index", None),
        ("I want to install the CPU version of torch", None),
        ("torch works, but pip installs the CPU version of faiss", None),
    ],
)
def test_a_build_for_the_cpu(text: str, build: str | None):
    torch = examine(f"{text}\n").facts.torch.value
    assert (torch.build if torch else None) == build


@pytest.mark.parametrize(
    "text",
    [
        "我的板子是JETPACK5.1.3，pip 装的 torch。\ntorch.cuda.is_available() 返回 False",
        "Our jetbot: torch 2.0.1 from pip, and torch.cuda.is_available() returns False",
        "JetPack 6.1 on an Orin Nano. I installed torch with pip, and it ended up with the CPU-only build",
    ],
)
def test_on_a_jetson_it_is_most_likely_the_wheel(text: str):
    report = diagnose(examine(f"{text}\n").facts)
    assert [found.rule for found in report.findings][:1] == ["jetson-wrong-wheel"]

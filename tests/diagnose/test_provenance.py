"""This machine's facts are used for a text only where it can come from here."""

from __future__ import annotations

from doctor.diagnose.provenance import Origin, facts_for, origin_of
from doctor.facts import Facts, Gpu, Host, Nvidia, Python, Torch
from doctor.intake import error_text
from doctor.model import absent, ok

HERE = Facts(
    host=ok(Host(os="linux", architecture="x86_64", distribution_id="ubuntu"), source="doctor.probes.host"),
    python=ok(Python(version="3.11.4", prefix="~/env")),
    torch=ok(Torch(version="2.7.1+cu126", build="cu126")),
    nvidia=ok(Nvidia(driver_version="550.54.14", gpus=(Gpu("NVIDIA A100"),))),
)
OF_HERE = 'File "/home/ada/env/lib/python3.11/site-packages/torch/nn/modules.py", line 3\nRuntimeError: x'
OF_WINDOWS = 'File "C:\\Users\\bo\\env\\Lib\\site-packages\\torch\\cuda.py"\nAssertionError: x'
OF_ANOTHER_PYTHON = 'File "/home/ada/old/lib/python3.8/site-packages/torch/nn/modules.py"\nRuntimeError: x'
SPEAKS_OF_TORCH = "PyTorch 2.3.0+cu121 (you have 2.3.1+cpu) on linux"


def test_a_text_that_contradicts_nothing_can_be_of_here() -> None:
    told = error_text.read(OF_HERE)
    assert origin_of(told, HERE) is Origin.HERE
    facts = facts_for(told, HERE, Origin.HERE)
    assert facts.python.value is not None and facts.python.value.version == "3.11.4"
    assert facts.nvidia == HERE.nvidia


def test_a_text_of_another_system_is_judged_alone() -> None:
    told = error_text.read(OF_WINDOWS)
    assert origin_of(told, HERE) is Origin.OTHER
    facts = facts_for(told, HERE, Origin.OTHER)
    assert facts.host.value is not None and facts.host.value.os == "windows"
    assert (facts.host.source, facts.nvidia.value, facts.torch.value) == ("text", None, None)


def test_a_text_of_another_python_keeps_the_machine_and_leaves_the_environment() -> None:
    told = error_text.read(OF_ANOTHER_PYTHON)
    assert origin_of(told, HERE) is Origin.BESIDE
    facts = facts_for(told, HERE, Origin.BESIDE)
    assert facts.nvidia == HERE.nvidia
    assert facts.torch.value is None
    assert facts.python.value is not None and facts.python.value.version == "3.8"


def test_a_text_of_a_torch_is_not_of_an_environment_without_one() -> None:
    """The doctor's own environment has none, and must not say so of the user's."""
    without = Facts(host=HERE.host, torch=absent("no torch found"), python=ok(Python(version="3.12.1")))
    assert origin_of(error_text.read(SPEAKS_OF_TORCH), without) is Origin.BESIDE
    told = error_text.read(SPEAKS_OF_TORCH)
    torch = facts_for(told, without, Origin.BESIDE).torch.value
    assert torch is not None and torch.version == "2.3.1+cpu"


def test_without_a_machine_the_text_stands_alone() -> None:
    assert origin_of(error_text.read(OF_HERE), None) is Origin.ALONE

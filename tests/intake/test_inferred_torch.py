"""Which torch is installed, by conda's marks and by the commands in a text."""

from __future__ import annotations

import pytest

from doctor.diagnose import diagnose
from doctor.facts import Torch
from doctor.intake.recognise import examine
from doctor.model import Severity

SESSION = """
$ python3
Python 3.8.18 (default, Sep 11 2023, 13:40:15)
[GCC 11.2.0] on linux
>>> import torch
>>> torch.cuda.is_available()
{answer}
"""
OF_CONDA = "I ran `{command}`. It ended well, but torch.cuda.is_available() = {answer}."
NO_SUCH = "conda install pytorch==1.8.1 torchvision cudatoolkit=11.6 -c pytorch"


def torch_of(text: str) -> Torch | None:
    return examine(text).facts.torch.value


@pytest.mark.parametrize("row", ["cpuonly 2.0 0", "pytorch-mutex 1.0 cpu", "_pytorch_select 1.1.0 cpu"])
def test_conda_marks_its_builds_for_the_cpu(row: str):
    facts = examine(f"# Name  Version  Build  Channel\nnumpy 1.24.3 py310h5f9d8c6_1\n{row}\n").facts
    assert facts.torch.value is not None
    assert (facts.torch.value.build, facts.torch.value.cuda_version) == ("cpu", "")
    assert row.split()[0] in facts.torch.origins["build"].inferred


@pytest.mark.parametrize(
    "rows",
    [
        "pytorch-mutex 1.0 cuda\nnumpy 1.24.3 py310h5f9d8c6_1",
        "cpuonly 2.0 0\npytorch 2.1.0 py3.10_cuda12.1_cudnn8.9.2_0 pytorch",  # its own build says more
        "cpuonly 2.0 0\ntorch 2.1.0 pypi_0 pypi",
    ],
)
def test_other_marks_and_other_torches_say_nothing(rows: str):
    torch = torch_of(f"# Name  Version  Build  Channel\n{rows}\n")
    assert torch is None or torch.build != "cpu"


def test_conda_takes_the_cpu_build_where_there_is_none_for_that_cuda():
    report = diagnose(examine(OF_CONDA.format(command=NO_SUCH, answer="False"), lambda _: True).facts)
    assert [f.rule for f in report.primary] == ["cpu-only-build-on-gpu-machine"]
    assert "no build of pytorch 1.8.1 for CUDA 11.6" in " ".join(e.seen for e in report.findings[0].evidence)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (NO_SUCH, "True"),
        (NO_SUCH.replace("11.6", "11.1"), "False"),  # there is one
        (f"{NO_SUCH} -c conda-forge", "False"),  # which has others
        ("conda install pytorch cudatoolkit=11.6 -c pytorch", "False"),  # a release that has one is taken
        (f"{NO_SUCH}` and `conda install pytorch==1.9.0 cudatoolkit=11.1 -c pytorch", "False"),
    ],
)
def test_no_build_follows_from_other_commands(command: str, answer: str):
    assert torch_of(OF_CONDA.format(command=command, answer=answer)) is None


@pytest.mark.parametrize(
    ("command", "version", "build"),
    [
        ("pip install torch===1.5.1 torchvision===0.6.1 -f https://x.example/torch_stable.html", "1.5.1", "cu102"),
        ("pip3 install torch==1.12.1+cu113 --extra-index-url https://x.example/whl/cu113", "1.12.1+cu113", "cu113"),
        ("uv pip install torch==2.4.1 --index-url https://x.example/whl/cu118", "2.4.1+cu118", "cu118"),
    ],
)
def test_a_command_and_a_session_after_it_tell_the_version(command: str, version: str, build: str):
    facts = examine(f"$ {command}{SESSION.format(answer='False')}").facts
    assert facts.torch.value is not None
    assert (facts.torch.value.version, facts.torch.value.build) == (version, build)
    assert set(facts.torch.inferred) >= {"version", "build"}


@pytest.mark.parametrize(
    "text",
    [
        "$ pip install torch==1.5.1\nERROR: No matching distribution found for torch==1.5.1"
        + SESSION.format(answer="True"),
        SESSION.format(answer="False") + "\nthen I tried\n$ pip install torch==1.5.1\n",
        "$ pip install torch==1.5.1\n$ pip install torch==1.6.0" + SESSION.format(answer="False"),
        "$ pip install 'torch>=1.5'" + SESSION.format(answer="False"),
        "$ pip install torch==1.5.1\n$ python -c 'import torch'\nkilled\n",
    ],
)
def test_attempts_and_wishes_tell_no_version(text: str):
    assert torch_of(text) is None


def test_a_driver_below_the_question_and_a_version_by_its_command_are_compared():
    text = "$ pip install torch==1.5.1" + SESSION.format(answer="False") + "What does nvidia-smi show?\n418.87\n"
    report = diagnose(examine(text).facts)
    assert [(f.rule, f.severity) for f in report.findings] == [("driver-too-old-for-cuda-build", Severity.WARNING)]


WINDOWS = "C:\\Users\\kim\\code>python\n>>> import torch\n>>> torch.cuda.is_available()\nFalse\n>>> exit()\n"


def test_pypi_has_no_cuda_for_windows():
    said = "I installed it with pip install torch torchvision. My GPU is an RTX 2070.\n"
    report = diagnose(examine(WINDOWS + said).facts)
    assert [(f.rule, f.severity) for f in report.findings] == [
        ("cpu-only-build-on-gpu-machine", Severity.WARNING),
        ("cuda-unavailable-undetermined", Severity.ERROR),  # which was seen
    ]
    assert report.findings[1].caused_by == "cpu-only-build-on-gpu-machine"
    from_index = said.replace("torchvision", "torchvision --index-url https://x.example/whl/cu121")
    assert torch_of(WINDOWS + from_index) is None
    assert torch_of(WINDOWS + said.replace("I installed it with", "Should I try")) is None


@pytest.mark.parametrize(
    ("version", "build"), [("2.1.2.post101", "cpu"), ("2.1.2.post302", None), ("1.13.1.post3", None), ("2.1.2", None)]
)
def test_conda_forge_numbers_its_builds(version: str, build: str | None):
    torch = torch_of(f"PyTorch version: {version}\nIs CUDA available: False\n")
    assert torch is not None and torch.build == build


def test_conda_installs_the_build_that_the_command_names():
    text = "conda install pytorch==1.6.0 torchvision cudatoolkit=10.1 -c pytorch\n\nPyTorch version: {version}\n"
    torch = torch_of(text.format(version="1.6.0"))
    assert torch is not None and (torch.build, torch.cuda_version) == ("cu101", "10.1")
    assert "build" in examine(text.format(version="1.6.0"), lambda _: True).facts.torch.inferred
    other = torch_of(text.format(version="1.7.0"))
    assert other is not None and other.build is None


MISSING = "pip3 install torch torchvision --extra-index-url https://download.pytorch.org/whl/{build}\n\nOS: {system}\n"


@pytest.mark.parametrize(
    ("build", "system", "found"),
    [("cu114", "Windows 10", "cpu"), ("cu114", "Ubuntu 20.04", None), ("cu113", "Windows 10", None)],
)
def test_an_index_that_never_was_leaves_pypi(build: str, system: str, found: str | None):
    torch = torch_of(MISSING.format(build=build, system=system))
    assert (torch.build if torch else None) == found


@pytest.mark.parametrize(
    ("command", "cuda"),
    [
        ("conda install pytorch torchvision cudatoolkit=10.2 -c pytorch", "10.2"),
        ("conda install pytorch torchvision cudatoolkit=9.9 -c pytorch", None),
        ("conda install pytorch cudatoolkit=11.2 -c conda-forge", None),
        ("conda install pytorch torchvision cudatoolkit=10.2 -c pytorch failed: PackagesNotFoundError", None),
        ("conda install torchvision cudatoolkit=10.2", None),
    ],
)
def test_the_cuda_of_a_conda_command_that_leaves_the_release_open(command: str, cuda: str | None) -> None:
    facts = examine(f"GPU 0: Tesla V100\n$ {command}\n>>> import torch\n>>> torch.cuda.is_available()\nFalse\n").facts
    torch = facts.torch.value
    assert (torch.cuda_version if torch else None) == cuda


def test_a_pinned_command_that_somebody_says_was_run():
    said = "My GPU is an RTX 2070.\ntorch was installed by `pip install torch==1.4.0+cu92`\n"
    torch = torch_of(said)
    assert torch and (torch.version, torch.build) == ("1.4.0+cu92", "cu92")
    assert torch_of(said.replace("torch was installed by", "please try")) is None

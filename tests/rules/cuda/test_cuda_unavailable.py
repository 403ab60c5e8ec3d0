"""cuda-unavailable."""

from doctor.facts import Gpu, Nvidia, Runtime, Torch, Variables
from tests.rules.hosts import PYTHON, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "cuda-unavailable"
CARD = Nvidia(driver_version="550.54.14", gpus=(Gpu("NVIDIA A10"),))
TORCH, FAILS = Torch(version="2.7.1", cuda_version="12.6"), Runtime(cuda_available=False, cuda_warning="CUDA says\nno")


def test_fires_with_gpu_driver_and_cuda_build():
    found = finding(RULE, nvidia=CARD, torch=TORCH, runtime=FAILS)
    assert found is not None
    assert "NVIDIA A10" in found.message
    assert [e.seen for e in found.evidence] == ["False", "CUDA says"]


def test_quiet_where_it_works_where_cuda_was_not_built_and_where_nothing_is_known():
    assert finding(RULE, nvidia=CARD, torch=TORCH, runtime=Runtime(cuda_available=True)) is None
    assert finding(RULE, nvidia=CARD, torch=Torch(version="2.7.1+cpu", cuda_version=""), runtime=FAILS) is None
    assert finding(RULE, nvidia=CARD, torch=TORCH, runtime=Runtime()) is None


def test_quiet_without_a_gpu_and_where_it_is_hidden_on_purpose():
    assert finding(RULE, nvidia=Nvidia(driver_version="", gpus=()), torch=TORCH, runtime=FAILS) is None
    hidden = Variables({"CUDA_VISIBLE_DEVICES": ""})
    assert finding(RULE, nvidia=CARD, torch=TORCH, runtime=FAILS, variables=hidden) is None


def test_what_clears_it_and_what_leaves_it_open():
    assert is_cleared(RULE, nvidia=CARD, torch=TORCH, runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, nvidia=CARD, torch=Torch(version="2.7.1+cpu", cuda_version=""), runtime=FAILS)
    assert is_cleared(RULE, nvidia=Nvidia(driver_version="", gpus=()), torch=TORCH, runtime=FAILS)
    assert is_open(RULE, nvidia=CARD, torch=TORCH, runtime=Runtime())
    assert is_open(RULE, nvidia=CARD, torch=Torch(version="2.7.1"), runtime=FAILS)
    assert is_open(RULE, nvidia=Nvidia(driver_version="550.54.14"), torch=TORCH, runtime=FAILS)


def test_cuda_is_asked_by_the_environments_python():
    found = finding(RULE, nvidia=CARD, torch=TORCH, runtime=FAILS, host=UBUNTU, python=PYTHON)
    assert commands(found) == [("/env/bin/python", "-c", "import torch; torch.cuda.init()"), ("nvidia-smi",)]

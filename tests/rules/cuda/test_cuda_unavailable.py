"""cuda-unavailable."""

from doctor.facts import Gpu, Nvidia, Runtime, Torch, Variables
from tests.rules.judging import finding

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

"""cuda-unavailable-undetermined."""

from doctor import explain
from doctor.facts import ErrorText, Gpu, Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from tests.rules.hosts import MAC, PYTHON, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cuda-unavailable-undetermined"


CARD = Nvidia(driver_version="550.54.14", gpus=(Gpu("NVIDIA A10"),))
UNKNOWN, FAILS = Torch(version="2.7.1"), Runtime(cuda_available=False)


def test_a_gpu_that_a_torch_of_unknown_build_does_not_find():
    found = finding(RULE, nvidia=CARD, torch=UNKNOWN, runtime=FAILS, host=UBUNTU, python=PYTHON)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert "NVIDIA A10" in found.message
    ask = "import torch; print(torch.version.cuda, torch.version.hip); torch.cuda.init()"
    assert commands(found) == [("/env/bin/python", "-c", ask), ("torch-doctor", "check"), ("nvidia-smi",)]


def test_a_gpu_that_an_unknown_torch_does_not_find():
    for torch in (Torch(), None):
        facts = {"torch": torch} if torch else {}
        found = finding(RULE, nvidia=CARD, runtime=FAILS, host=UBUNTU, **facts)
        assert found is not None and "which PyTorch is installed is not known" in found.message


def test_open_where_the_build_is_known_nothing_was_tried_or_the_gpus_are_hidden():
    built = (Torch(version="2.7.1+cu126", build="cu126"), Torch(version="2.7.1+cpu", cuda_version=""))
    for torch in (*built, Torch(version="2.7.1", hip_version="6.3"), Torch(version="")):
        assert is_open(RULE, nvidia=CARD, torch=torch, runtime=FAILS)
    assert is_open(RULE, nvidia=CARD, torch=UNKNOWN, runtime=Runtime())
    assert is_open(RULE, nvidia=Nvidia(driver_version="", gpus=()), torch=UNKNOWN, runtime=FAILS)
    assert is_open(RULE, nvidia=CARD, torch=UNKNOWN, runtime=FAILS, variables=Variables({"CUDA_VISIBLE_DEVICES": ""}))
    assert is_open(RULE)


def test_cleared_where_cuda_was_seen_to_work_and_on_a_mac():
    assert is_cleared(RULE, runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, host=MAC, error=ErrorText("CUDA is not available"))


def test_what_only_says_that_there_is_no_device_names_no_cause():
    for line in (
        "RuntimeError: No CUDA GPUs are available",
        "RuntimeError: cuda runtime error (100) : no CUDA-capable device is detected",
    ):
        assert explain.causes(line)[0].rule == RULE


def test_texts():
    assert points_to(
        RULE, "RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False."
    )
    assert points_to(RULE, "torch.cuda.is_available() returns False")
    assert points_to(RULE, "ValueError: User provided device_type of 'cuda', but CUDA is not available. Disabling")
    assert points_to(RULE, "RuntimeError: GPU not detected by the trainer")
    assert points_to(RULE, "MisconfigurationException: GPUs not found")


def test_near_misses():
    assert not points_to(RULE, "the GPU is not the bottleneck")
    assert not points_to(RULE, "torch.cuda.is_available() returns True")
    assert not points_to(RULE, "CUDA out of memory")


def test_a_cause_that_is_told_comes_first():
    text = "AssertionError: CUDA is not available\nThe NVIDIA driver on your system is too old (found version 11040)."
    assert explain.causes(text)[0].rule == "driver-too-old-for-cuda-build"

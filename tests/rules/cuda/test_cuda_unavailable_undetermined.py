"""cuda-unavailable-undetermined."""

from doctor import explain
from tests.rules.judging import points_to

RULE = "cuda-unavailable-undetermined"


def test_texts():
    assert points_to(
        RULE, "RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False."
    )
    assert points_to(RULE, "torch.cuda.is_available() returns False")
    assert points_to(RULE, "ValueError: User provided device_type of 'cuda', but CUDA is not available. Disabling")


def test_near_misses():
    assert not points_to(RULE, "torch.cuda.is_available() returns True")
    assert not points_to(RULE, "CUDA out of memory")


def test_a_cause_that_is_told_comes_first():
    text = "AssertionError: CUDA is not available\nThe NVIDIA driver on your system is too old (found version 11040)."
    assert explain.causes(text)[0].rule == "driver-too-old-for-cuda-build"

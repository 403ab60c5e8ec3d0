"""invalid-device-ordinal."""

from doctor import explain
from tests.rules.judging import points_to

RULE = "invalid-device-ordinal"


def test_texts():
    assert points_to(RULE, "RuntimeError: CUDA error: invalid device ordinal")
    assert points_to(RULE, "cuda runtime error (10) : invalid device ordinal at ..\\torch\\csrc\\cuda\\Module.cpp:37")
    assert points_to(RULE, "Attempting to deserialize object on CUDA device 1 but torch.cuda.device_count() is 1.")
    assert points_to(RULE, "AssertionError: Invalid device id")


def test_near_misses():
    assert not points_to(RULE, "RuntimeError: CUDA error: invalid device function")
    assert not points_to(RULE, "IndexError: list index out of range")


def test_an_error_at_start_up_is_another_matter():
    line = "Unexpected error from cudaGetDeviceCount(). Error 101: invalid device ordinal"
    assert explain.causes(line)[0].rule == "cuda-init-error-101"

"""invalid-device-ordinal."""

from doctor import explain, rules
from doctor.diagnose import remedies_of
from doctor.facts import Runtime
from tests.rules.judging import facts_of, points_to

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


def test_the_numbers_that_there_are_are_named():
    rule = rules.load(RULE)
    (one,) = remedies_of(rule, facts_of(runtime=Runtime(cuda_device_count=1)))
    (four,) = remedies_of(rule, facts_of(runtime=Runtime(cuda_device_count=4)))
    assert (one.title, four.title) == ("Use device number 0", "Use a device number from 0 to 3")
    (ask,) = remedies_of(rule, facts_of())
    assert ask.commands == (("python", "-c", "import torch; print(torch.cuda.device_count())"),)

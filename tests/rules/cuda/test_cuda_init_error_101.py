"""cuda-init-error-101."""

from doctor.facts import Nvidia, Runtime, Variables
from doctor.model import absent
from tests.rules.hosts import UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cuda-init-error-101"
WARNING = "Unexpected error from cudaGetDeviceCount(). Did you run …? Error 101: invalid device ordinal"


def test_fires_and_names_the_variable():
    told = Runtime(cuda_available=False, cuda_warning=WARNING)
    found = finding(RULE, nvidia=Nvidia(), runtime=told, variables=Variables({"CUDA_VISIBLE_DEVICES": "3"}))
    assert found is not None
    assert [e.seen for e in found.evidence] == [WARNING, "3"]


def test_quiet_without_the_words_and_where_cuda_works():
    assert finding(RULE, nvidia=Nvidia(), runtime=Runtime(cuda_available=False)) is None
    assert finding(RULE, nvidia=Nvidia(), runtime=Runtime(cuda_available=True, cuda_warning=WARNING)) is None


def test_it_is_open_elsewhere_and_cleared_without_nvidia():
    assert is_open(RULE, nvidia=Nvidia(), runtime=Runtime(cuda_available=True))
    assert is_cleared(RULE, nvidia=absent("no NVIDIA driver and no NVIDIA GPU"))


def test_the_variable_is_tried_before_a_restart():
    found = finding(RULE, nvidia=Nvidia(), runtime=Runtime(cuda_available=False, cuda_warning=WARNING), host=UBUNTU)
    assert commands(found) == [("env", "-u", "CUDA_VISIBLE_DEVICES", "python", "PROGRAM.py")]
    assert found is not None
    assert found.remedies[1].title == "Restart the machine"


def test_texts():
    assert points_to(RULE, WARNING)
    assert not points_to(RULE, "RuntimeError: CUDA error: invalid device ordinal")

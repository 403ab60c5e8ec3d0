"""cuda-visible-devices-bad."""

import pytest

from doctor.facts import ErrorText, Gpu, Nvidia, Runtime, Torch, Variables
from doctor.model import Severity
from doctor.rules.cuda.cuda_visible_devices_bad import visible
from tests.rules.hosts import UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "cuda-visible-devices-bad"
TWO = Nvidia(driver_version="550.54.14", gpus=(Gpu("A10"), Gpu("A10", index=1)))


def judged(value, nvidia=TWO, **more):
    return finding(RULE, variables=Variables({"CUDA_VISIBLE_DEVICES": value}), nvidia=nvidia, **more)


@pytest.mark.parametrize("value", ["all", "cuda:0", "2", "7,0", "0,0", "[0]", "gpu0", ";"])
def test_values_that_hide_everything(value):
    found = judged(value)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert f'"{value}"' in found.message


def test_a_list_is_used_up_to_its_first_wrong_entry():
    found = judged("0,5")
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "only 1 of 2" in found.message


@pytest.mark.parametrize("value", ["", "-1", "NoDevFiles"])
def test_hiding_on_purpose_is_worth_knowing_only(value):
    found = judged(value)
    assert found is not None
    assert found.severity is Severity.INFO


@pytest.mark.parametrize("value", ["0", "1,0", " 1 ", "0,1", "GPU-8932f937", "MIG-GPU-8932f937/1/0", "1gpu"])
def test_values_that_are_right(value):
    assert judged(value) is None


def test_a_uuid_that_finds_nothing_is_a_warning():
    found = judged("GPU-8932f937", runtime=Runtime(cuda_available=False))
    assert found is not None
    assert found.severity is Severity.WARNING


def test_quiet_where_unset_on_a_cpu_build_and_where_the_count_is_not_known():
    assert finding(RULE, variables=Variables({}), nvidia=TWO) is None
    assert judged("all", torch=Torch(version="2.7.1+cpu", cuda_version="")) is None
    assert judged("7", nvidia=Nvidia()) is None
    cut = Nvidia(gpus=(Gpu("A100", mig=True, mig_instances=("1g.5gb", "1g.5gb")),))
    assert judged("1", nvidia=cut) is None


def test_what_works_is_not_hidden():
    assert is_cleared(
        RULE, variables=Variables({"CUDA_VISIBLE_DEVICES": "7"}), nvidia=TWO, runtime=Runtime(cuda_available=True)
    )


def test_words_are_wrong_whatever_the_number_of_gpus():
    assert judged("all", nvidia=Nvidia()) is not None


def test_visible_counts_what_cuda_takes():
    assert visible("0,1", 2) == (2, "")
    assert visible("1,-1,0", 2)[0] == 1
    assert visible("0,1,0", 2)[0] == 0
    assert visible("3", None) == (1, "")


def test_hidden_gpus_that_a_program_asked_for_are_an_error():
    found = judged("", error=ErrorText("RuntimeError: No CUDA GPUs are available"))
    assert found is not None
    assert found.severity is Severity.ERROR


def test_a_right_value_clears_it_and_none_leaves_the_program_s_own_open():
    assert is_cleared(RULE, variables=Variables({"CUDA_VISIBLE_DEVICES": "0"}), nvidia=TWO)
    assert is_open(RULE, variables=Variables({}), nvidia=TWO)


def test_the_program_is_tried_without_it():
    found = judged("all", host=UBUNTU)
    assert commands(found)[0] == ("env", "-u", "CUDA_VISIBLE_DEVICES", "python", "PROGRAM.py")


def test_texts():
    assert points_to(
        RULE, "ValueError: invalid literal for int() with base 10: 'GPU-8932f937-d72c-4106-c12f-20bd9faed9f6'"
    )
    assert points_to(RULE, "ValueError: Invalid CUDA_VISIBLE_DEVICES: all")
    assert not points_to(RULE, "RuntimeError: No CUDA GPUs are available")
    assert not points_to(RULE, "e.g. changing env variable CUDA_VISIBLE_DEVICES after program start.")


@pytest.mark.parametrize(("gpu_ids", "hides"), [("[0,1]", True), ("cuda:1", True), ("0,1", False), ("3", False)])
def test_what_accelerate_hands_on(gpu_ids, hides):
    variables = Variables(complete=False, launched={"CUDA_VISIBLE_DEVICES": gpu_ids})
    found = finding(RULE, variables=variables, runtime=Runtime(imported=True, cuda_available=True))
    assert bool(found) is hides
    if found:
        assert "accelerate launch" in found.message and "accelerate config" in found.remedies[0].title


_IN_RAY = "ray.exceptions.RayTaskError(RuntimeError): ray::Learner.step() (pid=71, ip=10.0.0.2)\nRuntimeError: {told}"


def test_ray_hides_the_gpus_from_what_asked_for_none():
    none = ErrorText(_IN_RAY.format(told="No CUDA GPUs are available"))
    found = finding(RULE, error=none)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert "num_gpus=1" in found.remedies[0].title
    assert is_open(RULE, error=ErrorText("RuntimeError: No CUDA GPUs are available"))
    assert is_open(RULE, error=none, torch=Torch(version="2.4.0+cpu", cuda_version=""))


def test_in_ray_a_weaker_word_needs_a_gpu_and_a_build_for_it():
    told = ErrorText(_IN_RAY.format(told="torch.cuda.is_available() is False"))
    cuda = Torch(version="2.4.0+cu121", cuda_version="12.1")
    assert is_open(RULE, error=told)
    assert finding(RULE, error=told, torch=cuda, nvidia=TWO) is not None

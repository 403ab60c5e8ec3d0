"""gpu-too-old-for-any-build."""

import pytest

from doctor.facts import Gpu, Nvidia, Torch
from doctor.model import Severity
from doctor.rules.gpu.gpu_too_old_for_any_build import ancient
from tests.rules.hosts import PYTHON, UBUNTU
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "gpu-too-old-for-any-build"
CUDA = Torch(version="2.0.1+cu117", cuda_version="11.7")


@pytest.mark.parametrize(
    "name", ["GeForce GTX 480", "GeForce 9800 GT", "GeForce GT 430", "Tesla C2050", "Quadro FX 1800"]
)
def test_ancient_names(name):
    assert ancient(Gpu(name))


@pytest.mark.parametrize(
    "name", ["GeForce GTX 1080", "Tesla K80", "GeForce RTX 3090", "Quadro RTX 5000", "Tesla T4", "A100"]
)
def test_names_that_are_not(name):
    assert not ancient(Gpu(name))


def test_fires_for_a_cuda_build_and_offers_the_cpu_one():
    fermi = Nvidia(gpus=(Gpu("GeForce GTX 480", compute_capability="2.0"),))
    found = finding(RULE, nvidia=fermi, torch=CUDA, host=UBUNTU, python=PYTHON)
    assert found is not None
    assert found.severity is Severity.ERROR
    (command,) = commands(found)
    assert command[4].startswith("torch==") and command[4].endswith("+cpu")


def test_no_cpu_build_where_another_gpu_has_one():
    two = Nvidia(driver_version="550.54.14", gpus=(Gpu("GeForce GTX 480"), Gpu("Tesla T4", index=1)))
    found = finding(RULE, nvidia=two, torch=CUDA, host=UBUNTU, python=PYTHON)
    assert not any("+cpu" in word for command in commands(found) for word in command)


def test_beside_another_gpu_or_with_a_cpu_build_it_is_worth_knowing_only():
    old = Gpu("GeForce GTX 480", compute_capability="2.0")
    for gpus, torch in (((old, Gpu("Tesla T4")), CUDA), ((old,), Torch(version="2.0.1+cpu", cuda_version=""))):
        found = finding(RULE, nvidia=Nvidia(gpus=gpus), torch=torch)
        assert found is not None
        assert found.severity is Severity.INFO


def test_quiet_on_gpus_that_some_build_runs_on():
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("Tesla K80", compute_capability="3.7"),)), torch=CUDA) is None


def test_what_clears_it_and_what_leaves_it_open():
    assert is_cleared(RULE, nvidia=Nvidia(gpus=(Gpu("Tesla K80"),)), torch=CUDA)
    assert is_open(RULE, nvidia=Nvidia(gpus=(Gpu("Device 66a1"),)), torch=CUDA)
    assert is_open(RULE, nvidia=Nvidia(), torch=CUDA)


def test_texts():
    assert points_to(RULE, "Found GPU0 GeForce GT 630 which is of cuda capability 2.1.")
    assert not points_to(RULE, "Found GPU0 GeForce GT 730 which is of cuda capability 3.5.")

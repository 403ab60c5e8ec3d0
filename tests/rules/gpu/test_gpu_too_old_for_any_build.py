"""gpu-too-old-for-any-build."""

import pytest

from doctor.facts import Gpu, Nvidia, Torch
from doctor.model import Severity
from doctor.rules.gpu.gpu_too_old_for_any_build import ancient
from tests.rules.judging import commands, finding, points_to

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
    found = finding(RULE, nvidia=Nvidia(gpus=(Gpu("GeForce GTX 480", compute_capability="2.0"),)), torch=CUDA)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert any("cpu" in part for command in commands(found) for part in command)


def test_beside_another_gpu_or_with_a_cpu_build_it_is_worth_knowing_only():
    old = Gpu("GeForce GTX 480", compute_capability="2.0")
    for gpus, torch in (((old, Gpu("Tesla T4")), CUDA), ((old,), Torch(version="2.0.1+cpu", cuda_version=""))):
        found = finding(RULE, nvidia=Nvidia(gpus=gpus), torch=torch)
        assert found is not None
        assert found.severity is Severity.INFO


def test_quiet_on_gpus_that_some_build_runs_on():
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("Tesla K80", compute_capability="3.7"),)), torch=CUDA) is None


def test_texts():
    assert points_to(RULE, "Found GPU0 GeForce GT 630 which is of cuda capability 2.1.")
    assert not points_to(RULE, "Found GPU0 GeForce GT 730 which is of cuda capability 3.5.")

"""gpu-arch-dropped-by-build."""

from doctor import explain
from doctor.facts import Gpu, Nvidia, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "gpu-arch-dropped-by-build"
CU130 = Torch(version="2.11.0+cu130", cuda_version="13.0")


def test_fires_and_installs_the_build_that_still_has_it():
    for name in ("Tesla V100-SXM2-16GB", "NVIDIA GeForce GTX 1080", "Tesla P100-PCIE-16GB"):
        found = finding(RULE, nvidia=Nvidia(gpus=(Gpu(name),), driver_version="580.95.05"), torch=CU130)
        assert found is not None
        assert found.severity is Severity.ERROR
        assert any("+cu126" in part for command in commands(found) for part in command)


def test_an_old_display_card_beside_a_gpu_that_works_is_a_warning():
    gpus = (Gpu("NVIDIA GeForce GT 710"), Gpu("NVIDIA GeForce RTX 4090", index=1))
    found = finding(RULE, nvidia=Nvidia(gpus=gpus), torch=CU130)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert any("CUDA_VISIBLE_DEVICES=1" in command for command in commands(found))


def test_quiet_on_builds_that_have_it():
    pascal = Nvidia(gpus=(Gpu("NVIDIA GeForce GTX 1080 Ti"),))
    assert finding(RULE, nvidia=pascal, torch=Torch(version="2.7.1+cu126", cuda_version="12.6")) is None
    assert finding(RULE, nvidia=Nvidia(gpus=(Gpu("Tesla T4"),)), torch=CU130) is None


def test_texts():
    line = "Found GPU0 NVIDIA GTX TITAN Black which is of cuda capability 3.5."
    assert points_to(RULE, line)
    assert explain.causes(f"{line}\n PyTorch no longer supports this GPU because it is too old.")[0].rule == RULE
    assert points_to(
        RULE, "Tesla P100 with CUDA capability sm_60 is not compatible with the current PyTorch installation."
    )
    assert not points_to(RULE, "with CUDA capability sm_120 is not compatible with the current PyTorch installation.")

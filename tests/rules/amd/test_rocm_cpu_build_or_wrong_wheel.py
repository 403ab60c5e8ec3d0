"""rocm-cpu-build-or-wrong-wheel."""

from doctor.facts import Amd, AmdGpu, Gpu, Host, Nvidia, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "rocm-cpu-build-or-wrong-wheel"
CUDA = Torch(version="2.7.1+cu126", build="cu126", cuda_version="12.6", hip_version="")
CARD = Amd(gpus=(AmdGpu("AMD Radeon RX 7900 XTX", gfx="gfx1100"),), rocm_version="6.3.1")


def test_fires_where_rocm_is_installed_and_installs_its_build():
    found = finding(RULE, torch=CUDA, amd=CARD, host=Host(os="linux"))
    assert found is not None
    assert found.severity is Severity.ERROR
    assert any("+rocm" in part for command in commands(found) for part in command)


def test_without_rocm_it_is_a_warning():
    assert finding(RULE, torch=CUDA, amd=Amd(gpus=CARD.gpus)).severity is Severity.WARNING


def test_a_rocm_build_beside_an_nvidia_gpu():
    rocm = Torch(version="2.7.1+rocm6.3", build="rocm6.3", hip_version="6.3")
    found = finding(RULE, torch=rocm, nvidia=Nvidia(gpus=(Gpu("NVIDIA A10"),)))
    assert found is not None
    assert "NVIDIA A10" in found.message


def test_quiet_on_graphics_of_a_processor_old_cards_and_beside_nvidia():
    for name, gfx in (("AMD Radeon Graphics", "gfx1036"), ("Renoir", "gfx90c"), ("Radeon HD 7970", "gfx600")):
        assert finding(RULE, torch=CUDA, amd=Amd(gpus=(AmdGpu(name, gfx=gfx),), rocm_version="6.3")) is None
    assert finding(RULE, torch=CUDA, amd=CARD, nvidia=Nvidia(gpus=(Gpu("NVIDIA A10"),))) is None


def test_quiet_on_a_rocm_build_and_one_that_is_not_known():
    assert finding(RULE, torch=Torch(version="2.7.1+rocm6.3", build="rocm6.3"), amd=CARD) is None
    assert finding(RULE, torch=Torch(version="2.7.1"), amd=CARD) is None


def test_texts():
    assert points_to(RULE, "OSError: libamdhip64.so.6: cannot open shared object file: No such file or directory")
    assert not points_to(RULE, "OSError: libcudart.so.12: cannot open shared object file: No such file or directory")

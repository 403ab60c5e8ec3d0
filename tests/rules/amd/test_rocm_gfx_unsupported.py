"""rocm-gfx-unsupported."""

from doctor.facts import Amd, AmdGpu, Runtime, Torch, Variables
from doctor.model import Severity
from tests.rules.judging import commands, finding, points_to

RULE = "rocm-gfx-unsupported"
ROCM = Torch(version="2.4.1+rocm6.1", build="rocm6.1", hip_version="6.1.40091", cuda_version="")
NAVI22 = Amd(gpus=(AmdGpu("Radeon RX 6700 XT", gfx="gfx1031"),))


def test_fires_and_offers_the_nearest_target():
    found = finding(RULE, amd=NAVI22, torch=ROCM)
    assert found is not None
    assert "gfx1031" in found.message
    assert any("HSA_OVERRIDE_GFX_VERSION=10.3.0" in command for command in commands(found))


def test_the_list_of_torch_is_taken_first():
    listed = Runtime(arch_list=("gfx1030", "gfx1031"))
    assert finding(RULE, amd=NAVI22, torch=ROCM, runtime=listed) is None


def test_features_behind_the_target_do_not_count():
    assert finding(RULE, amd=Amd(gpus=(AmdGpu("MI250", gfx="gfx90a:sramecc+:xnack-"),)), torch=ROCM) is None


def test_graphics_of_the_processor_beside_a_card_are_worth_knowing_only():
    both = Amd(gpus=(AmdGpu("Radeon RX 7900 XTX", gfx="gfx1100"), AmdGpu("Raphael", gfx="gfx1036")))
    assert finding(RULE, amd=both, torch=ROCM).severity is Severity.INFO


def test_quiet_with_an_override_another_build_or_an_unknown_target():
    assert finding(RULE, amd=Amd(gpus=NAVI22.gpus, override="10.3.0"), torch=ROCM) is None
    told = Variables({"HSA_OVERRIDE_GFX_VERSION": "10.3.0"})
    assert finding(RULE, amd=NAVI22, torch=ROCM, variables=told) is None
    assert finding(RULE, amd=NAVI22, torch=Torch(version="2.4.1+cpu", build="cpu", hip_version="")) is None
    assert finding(RULE, amd=Amd(gpus=(AmdGpu("Device 1"),)), torch=ROCM) is None


def test_texts():
    assert points_to(RULE, "RuntimeError: HIP error: invalid device function")
    assert points_to(RULE, 'guarantee(false && "hipErrorNoBinaryForGpu: Unable to find code object")')
    assert not points_to(RULE, "RuntimeError: HIP error: out of memory")
